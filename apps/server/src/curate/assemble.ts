import type { SnapshotPair, SnapshotRating } from '@attune/contracts';
import { checkQuality, type PreferencePair } from '@attune/core';
import type { AssembledSet, AssemblyOutcome, AssemblySettings, GivenPair } from './assembly.ts';
import { byAge } from './by-age.ts';
import { DropReport } from './drop-report.ts';
import { refusal } from './enough.ts';
import { feedbackPairs } from './feedback-pairs.ts';
import { pairKey } from './pair-key.ts';
import { contentHash, writeSnapshot } from './snapshot.ts';
import { type Material, splitMaterial } from './split-rows.ts';
import type { TrainableFeedback } from './trainable.ts';
import { leakingQueries, qualityOf, validationReport } from './validation-report.ts';

/**
 * Makes a data set from feedback: checks, pairs, split, report, snapshot. Pure: the same input in any order and the same
 * settings give the same bytes.
 */
export function assemble(
  feedback: readonly TrainableFeedback[],
  given: readonly GivenPair[],
  settings: AssemblySettings,
): AssemblyOutcome {
  const dropped = new DropReport();
  const kept = worthwhile(onlyTelling([...feedback].sort(byAge), dropped), settings, dropped);
  const material = {
    feedback: kept,
    generated: newPairs(kept, given, settings),
    given: [...given].sort(byId),
  };
  const refused = refusal(material, settings);
  return refused === null ? { set: toSet(feedback.length, material, settings, dropped) } : { refused };
}

function byId(a: GivenPair, b: GivenPair): number {
  return a.id < b.id ? -1 : 1;
}

/** Feedback that a model can learn from: with a rating, or with a correction. */
function onlyTelling(feedback: TrainableFeedback[], dropped: DropReport): TrainableFeedback[] {
  return feedback.filter(({ rating, correction, response, comment }) => {
    const telling = rating !== null || (correction !== null && correction !== response);
    if (!telling) dropped.add('no_rating_or_correction', comment ?? response);
    return telling;
  });
}

/** Without spam, bots, outliers, repeats and too much of one person; everything where a curator chose. */
function worthwhile(
  feedback: TrainableFeedback[],
  { personCap, seed }: AssemblySettings,
  report: DropReport,
): TrainableFeedback[] {
  if (personCap === null) return feedback;
  const { kept, dropped } = checkQuality(feedback, { seed, personCap });
  for (const { reason, row } of dropped) report.add(reason, `${row.query} — ${row.comment ?? row.response}`);
  return kept;
}

/** Pairs from feedback that nobody has written already. */
function newPairs(
  feedback: TrainableFeedback[],
  given: readonly GivenPair[],
  { methods }: AssemblySettings,
): PreferencePair[] {
  const known = new Set(given.map(pairKey));
  return feedbackPairs(feedback, methods).pairs.filter((pair) => !known.has(pairKey(pair)));
}

function toSet(
  considered: number,
  material: Material,
  settings: AssemblySettings,
  dropped: DropReport,
): AssembledSet {
  const { ratings, generated, givenRows, given, leftOut } = splitMaterial(material, settings);
  for (const { query, response } of leftOut) dropped.add('crosses_split', `${query} — ${response}`);
  const pairs = [...generated, ...givenRows];
  assertNoLeak([...ratings, ...pairs]);
  const snapshot = writeSnapshot({ ratings, pairs });
  const kept = material.feedback.length - leftOut.length;
  return {
    snapshot,
    contentHash: contentHash(snapshot),
    feedbackIds: usedFeedback(ratings, pairs),
    generated,
    given,
    sampleCount: ratings.length,
    qualityScore: qualityOf({ considered, kept, ratings }),
    report: validationReport({ considered, kept, ratings, pairs, dropped: dropped.rows() }),
  };
}

/** The split keeps queries together; should it ever fail to, no set is made. */
function assertNoLeak(rows: readonly (SnapshotRating | SnapshotPair)[]): void {
  const leaks = leakingQueries(rows);
  if (leaks > 0) throw new Error(`${leaks} queries stand on both sides of the split`);
}

function usedFeedback(ratings: readonly SnapshotRating[], pairs: readonly SnapshotPair[]): string[] {
  const ids = [...ratings.map((row) => row.feedback_id), ...pairs.flatMap((pair) => pair.feedback_ids)];
  return [...new Set(ids)].sort();
}
