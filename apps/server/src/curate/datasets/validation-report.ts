import type { SnapshotPair, SnapshotRating, SnapshotRow, ValidationReport } from '@attune/contracts';
import {
  type Estimate,
  findLeaks,
  krippendorffsAlpha,
  queryKey,
  questionKey,
  spearman,
  spearmanInterval,
  wilson,
} from '@attune/core';
import { GOOD_FROM, isGood } from '../preparation/good-rating.ts';
import { piiReport } from './pii-report.ts';
import { labelBalance, qualityScore, ratingAgreement } from './quality-score.ts';
import { repeatedAnswers } from './repeated-answers.ts';
import { rowTexts } from './row-texts.ts';
import type { SnapshotRows } from './snapshot.ts';

interface Facts extends SnapshotRows {
  /** Feedback looked at. */
  readonly considered: number;
  /** Feedback kept. */
  readonly kept: number;
  readonly dropped: ValidationReport['dropped'];
}

/** What a curator should know about a data set before anyone trains on it. */
export function validationReport({ considered, kept, dropped, ...all }: Facts): ValidationReport {
  const { ratings, pairs } = all;
  const rows = [...ratings, ...pairs, ...all.steps];
  const near = nearLeaks(rows);
  return {
    considered,
    kept,
    dropped,
    pairs_by_method: counts(pairs.map((pair) => pair.method)),
    rating_distribution: counts(ratings.map((row) => String(Math.round(row.rating)))),
    length_correlation: lengthCorrelation(ratings),
    splits: {
      train: splitSize(rows.filter((row) => row.split === 'train')),
      validation: splitSize(rows.filter((row) => row.split === 'validation')),
    },
    leaking_queries: leakingQueries(rows),
    near_leaks: { count: near.length, examples: near.slice(0, EXAMPLES) },
    later_turns: rows.filter(({ context }) => context !== undefined).length,
    good_share: wilson(ratings.filter((row) => isGood(row.rating)).length, ratings.length),
    length_bias: lengthBias(ratings, pairs),
    duplicates: repeatedAnswers(ratings, pairs),
    pii: piiReport(rows.map(rowTexts)),
    alpha: alphaOf(ratings),
  };
}

const EXAMPLES = 3;
/** Word pairs in common from which two queries are nearly one. */
const NEARLY = 0.8;

function nearLeaks(rows: readonly SnapshotRow[]): string[] {
  const queries = (split: string) => [
    ...new Set(rows.filter((row) => row.split === split).map((row) => row.query)),
  ];
  return findLeaks(queries('train'), queries('validation'), NEARLY)
    .filter(({ kind }) => kind === 'near')
    .map(({ validation, train }) => `${validation} — ${train}`.slice(0, 300).toWellFormed());
}

function lengthBias(ratings: readonly SnapshotRating[], pairs: readonly SnapshotPair[]) {
  const unequal = pairs.filter((row) => row.chosen.length !== row.rejected.length);
  const longer = unequal.filter((row) => row.chosen.length > row.rejected.length).length;
  return {
    rating: spearmanInterval(
      ratings.map((row) => row.response.length),
      ratings.map((row) => row.rating),
    ),
    chosen_longer: wilson(longer, unequal.length),
  };
}

/** Answers from which fewer resamples do: their interval is narrow, and a thousand would take minutes. */
const MANY = 2000;

function alphaOf(ratings: readonly SnapshotRating[]): Estimate {
  const units = [...byAnswer(ratings).values()].map((rows) => rows.map((row) => row.rating));
  return krippendorffsAlpha(units, 'interval', { seed: 1, resamples: units.length > MANY ? 200 : 1000 });
}

function byAnswer(ratings: readonly SnapshotRating[]): Map<string, SnapshotRating[]> {
  return Map.groupBy(ratings, (row) => JSON.stringify([questionKey(row), row.response]));
}

/** Quality of a data set, 0 to 1; see `quality-score.ts`. */
export function qualityOf({
  considered,
  kept,
  ratings,
}: Pick<Facts, 'considered' | 'kept' | 'ratings'>): number {
  const ratingsOfAnswers = byAnswer(ratings);
  return qualityScore({
    keptShare: considered === 0 ? 1 : kept / considered,
    agreement: ratingAgreement([...ratingsOfAnswers.values()].map((rows) => rows.map((row) => row.rating))),
    balance: labelBalance(
      ratings.map((row) => row.rating),
      GOOD_FROM,
    ),
  });
}

function counts(values: readonly string[]): Record<string, number> {
  const groups = Map.groupBy(values, (value) => value);
  return Object.fromEntries([...groups].sort().map(([value, group]) => [value, group.length]));
}

function splitSize(rows: readonly { query: string }[]): { rows: number; queries: number } {
  return { rows: rows.length, queries: new Set(rows.map((row) => queryKey(row.query))).size };
}

/** Fewest ratings for which a correlation says anything. */
const CORRELATION_FROM = 10;

function lengthCorrelation(ratings: readonly SnapshotRating[]): number | null {
  if (ratings.length < CORRELATION_FROM) return null;
  const correlation = spearman(
    ratings.map((row) => row.response.length),
    ratings.map((row) => row.rating),
  );
  return Number.isFinite(correlation) ? correlation : null;
}

/** Queries that stand on both sides of the split, by their key. */
export function leakingQueries(rows: readonly SnapshotRow[]): number {
  const queries = (split: string) => rows.filter((row) => row.split === split).map((row) => row.query);
  return findLeaks(queries('train'), queries('validation')).length;
}
