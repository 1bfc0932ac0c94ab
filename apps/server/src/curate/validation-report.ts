import type { SnapshotPair, SnapshotRating, ValidationReport } from '@attune/contracts';
import { findLeaks, queryKey, spearman } from '@attune/core';
import { GOOD_FROM } from './good-rating.ts';
import { labelBalance, qualityScore, ratingAgreement } from './quality-score.ts';

interface Facts {
  /** Feedback looked at. */
  readonly considered: number;
  /** Feedback kept. */
  readonly kept: number;
  readonly ratings: readonly SnapshotRating[];
  readonly pairs: readonly SnapshotPair[];
  readonly dropped: ValidationReport['dropped'];
}

/** What a curator should know about a data set before anyone trains on it. */
export function validationReport({ considered, kept, ratings, pairs, dropped }: Facts): ValidationReport {
  const rows = [...ratings, ...pairs];
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
  };
}

/** Quality of a data set, 0 to 1; see `quality-score.ts`. */
export function qualityOf({
  considered,
  kept,
  ratings,
}: Pick<Facts, 'considered' | 'kept' | 'ratings'>): number {
  const ratingsOfAnswers = Map.groupBy(ratings, (row) => JSON.stringify([queryKey(row.query), row.response]));
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
export function leakingQueries(rows: readonly (SnapshotRating | SnapshotPair)[]): number {
  const queries = (split: string) => rows.filter((row) => row.split === split).map((row) => row.query);
  return findLeaks(queries('train'), queries('validation')).length;
}
