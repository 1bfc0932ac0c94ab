import type { SnapshotRow } from '@attune/contracts';
import { capPersons, checkQuality, dropBots, type PreferencePair } from '@attune/core';
import { contentHash, type SnapshotRows, writeSnapshot } from '../datasets/snapshot.ts';
import { leakingQueries, qualityOf, validationReport } from '../datasets/validation-report.ts';
import { feedbackPairs } from '../pairs/feedback-pairs.ts';
import { pairKey } from '../pairs/pair-key.ts';
import type { TrainableFeedback } from '../trainable.ts';
import type { AssembledSet, AssemblyOutcome, AssemblySettings, GivenPair } from './assembly.ts';
import { byAge } from './by-age.ts';
import { DropReport } from './drop-report.ts';
import { refusal } from './enough.ts';
import { type Material, splitMaterial } from './split-rows.ts';
import { stepRows } from './step-rows.ts';

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
  const material = materialOf([...feedback].sort(byAge), given, settings, dropped);
  const refused = refusal(material, settings);
  return refused === null ? { set: toSet(feedback.length, material, settings, dropped) } : { refused };
}

/** A set of steps has nothing else in it; every other set has answers as a whole and pairs of them. */
function materialOf(
  feedback: TrainableFeedback[],
  given: readonly GivenPair[],
  settings: AssemblySettings,
  dropped: DropReport,
): Material {
  if (settings.datasetType === 'step') {
    const steps = stepRows(feedback);
    const used = new Set(steps.flatMap(({ feedbackIds }) => feedbackIds));
    for (const row of feedback) if (!used.has(row.id)) dropped.add('no_judged_steps', exampleOf(row));
    return { feedback: [], generated: [], given: [], steps };
  }
  const whole = feedback.filter(({ remark }) => remark === null);
  const votes = feedback.filter(({ remark }) => remark?.kind === 'comparison');
  for (const row of feedback) if (isOnPart(row)) dropped.add('on_a_part', exampleOf(row));
  const kept = [
    ...worthwhile(onlyTelling(whole, dropped), settings, dropped),
    ...humanVotes(votes, whole, settings, dropped),
  ];
  return {
    feedback: kept,
    generated: newPairs(kept, given, settings),
    given: [...given].sort(byId),
    steps: [],
  };
}

function isOnPart({ remark }: TrainableFeedback): boolean {
  return remark?.kind === 'step' || remark?.kind === 'note';
}

function exampleOf({ query, comment, response }: TrainableFeedback): string {
  return `${query} — ${comment ?? response}`;
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
  for (const { reason, row } of dropped) report.add(reason, exampleOf(row));
  return kept;
}

/**
 * Votes between candidates without those of bots, whatever else they gave, and too much of one person. What they say
 * has no text to look through and no rating to compare.
 */
function humanVotes(
  votes: readonly TrainableFeedback[],
  others: readonly TrainableFeedback[],
  { personCap, seed }: AssemblySettings,
  report: DropReport,
): TrainableFeedback[] {
  if (personCap === null) return [...votes];
  const bots = dropBots([...others, ...votes]).dropped.filter(({ row }) => row.remark?.kind === 'comparison');
  const ofBots = new Set(bots.map(({ row }) => row));
  const capped = capPersons(
    votes.filter((vote) => !ofBots.has(vote)),
    personCap,
    seed,
  );
  const dropped = [...bots, ...capped.dropped];
  for (const { reason, row } of dropped) report.add(reason, exampleOf(row));
  return capped.kept;
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
  const { ratings, generated, givenRows, given, steps, leftOut } = splitMaterial(material, settings);
  for (const { query, response } of leftOut) dropped.add('crosses_split', `${query} — ${response}`);
  const rows = { ratings, pairs: [...generated, ...givenRows], steps };
  assertNoLeak([...ratings, ...rows.pairs, ...steps]);
  const snapshot = writeSnapshot(rows);
  const kept = material.feedback.length + material.steps.length - leftOut.length;
  return {
    snapshot,
    contentHash: contentHash(snapshot),
    feedbackIds: usedFeedback(rows),
    generated,
    given,
    sampleCount: ratings.length + steps.length,
    qualityScore: qualityOf({ considered, kept, ratings }),
    report: validationReport({ considered, kept, ...rows, dropped: dropped.rows() }),
  };
}

/** The split keeps queries together; should it ever fail to, no set is made. */
function assertNoLeak(rows: readonly SnapshotRow[]): void {
  const leaks = leakingQueries(rows);
  if (leaks > 0) throw new Error(`${leaks} queries stand on both sides of the split`);
}

function usedFeedback({ ratings, pairs, steps }: SnapshotRows): string[] {
  const ids = [
    ...ratings.map((row) => row.feedback_id),
    ...[...pairs, ...steps].flatMap((row) => row.feedback_ids),
  ];
  return [...new Set(ids)].sort();
}
