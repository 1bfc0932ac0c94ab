import { bootstrap, type Estimate } from '../interval.ts';
import {
  type Coincidences,
  countCoincidence,
  disagreementOf,
  type MeasurementLevel,
} from './coincidences.ts';
import { type AgreementOptions, clustered } from './rating-clusters.ts';

/** What one judge and the others said of one thing. */
export interface SharedUnit {
  readonly own: number;
  readonly others: readonly number[];
  /** What was asked: only values that answer the same are compared, and chance is that of the same. One unless given. */
  readonly question?: string;
}

/** Coincidences in one cluster of the answers to one question. */
interface Counted {
  readonly question: string;
  readonly counts: Coincidences;
}

/**
 * Krippendorff's alpha of one judge against the rest: 1 − Dₒ/Dₑ over the pairs of their own value and another judge's of
 * the same unit, every unit counting once. Beside a single other judge it is the alpha of the two; over several questions
 * both disagreements are summed. The interval is bootstrapped over units, or clusters of units, which n counts. NaN
 * when all values of a question are the same in each question.
 */
export function judgesAlpha(
  units: readonly SharedUnit[],
  level: MeasurementLevel,
  options: AgreementOptions,
): Estimate {
  const valuesOf = new Map(
    [...Map.groupBy(units, questionOf)].map(([question, asked]) => {
      const values = new Set(asked.flatMap(({ own, others }) => (others.length > 0 ? [own, ...others] : [])));
      return [question, [...values].sort((a, b) => a - b)];
    }),
  );
  const counted = clustered(units, options.clusters)
    .map((group) => countedIn(group, valuesOf))
    .filter((rows) => rows.length > 0);
  return bootstrap(counted, (rows) => alphaOf(rows, valuesOf, level), options);
}

const questionOf = ({ question = '' }: SharedUnit) => question;

type ValuesByQuestion = ReadonlyMap<string, readonly number[]>;

function countedIn(units: readonly SharedUnit[], valuesOf: ValuesByQuestion): Counted[] {
  return [...Map.groupBy(units, questionOf)].flatMap(([question, asked]) => {
    const values = valuesOf.get(question) ?? [];
    const counts = new Map<number, number>();
    for (const { own, others } of asked) {
      const place = values.indexOf(own);
      for (const other of others.map((value) => values.indexOf(value))) {
        countCoincidence(counts, values.length, [place, other], 1 / others.length);
        countCoincidence(counts, values.length, [other, place], 1 / others.length);
      }
    }
    return counts.size === 0 ? [] : [{ question, counts }];
  });
}

function alphaOf(rows: readonly Counted[], valuesOf: ValuesByQuestion, level: MeasurementLevel): number {
  let observed = 0;
  let expected = 0;
  for (const [question, asked] of Map.groupBy(rows, (row) => row.question)) {
    const counts = asked.map((row) => row.counts);
    const found = disagreementOf(counts, valuesOf.get(question) ?? [], level);
    observed += found.observed;
    expected += found.expected;
  }
  return expected === 0 ? Number.NaN : 1 - observed / expected;
}
