import type { Agreement, JudgePair, JudgingEstimate } from '@attune/contracts';
import {
  cohensKappa,
  krippendorffsAlpha,
  type MeasurementLevel,
  percentAgreement,
  squaredDifference,
} from '@attune/core';
import { toEstimate } from './estimates.ts';
import type { Measure, Rating } from './rated-units.ts';

/** Agreement of all judges on a question. */
export function agreementOn(measure: Measure, seed: number): Agreement {
  const units = [...Map.groupBy(measure.ratings, ({ unit }) => unit).values()].filter(
    (ratings) => ratings.length >= 2,
  );
  const clusters = units.map(([first]) => first?.item ?? '');
  const count = units.reduce((sum, ratings) => sum + ratings.length, 0);
  const options = { seed, clusters };
  const values = units.map((ratings) => ratings.map(({ value }) => value));
  const scaled = units.map((ratings) => ratings.map((rating) => rating.scaled));
  const alpha = (rated: readonly (readonly (number | null)[])[], level: MeasurementLevel) =>
    toEstimate(krippendorffsAlpha(rated, level, options), count);
  return {
    question: measure.question,
    title: measure.title,
    dimension: measure.dimension,
    percent: toEstimate(percentAgreement(values, options), count),
    alpha: {
      nominal: alpha(values, 'nominal'),
      ordinal: measure.scaled ? alpha(scaled, 'ordinal') : null,
      interval: measure.scaled ? alpha(scaled, 'interval') : null,
    },
  };
}

/** Most pairs of judges that are looked at, those with the most in common. */
const MOST_PAIRS = 200;

/** Cohen's kappa of every two judges who judged the same things. */
export function judgePairsOn(measure: Measure, seed: number): JudgePair[] {
  const common = new Map<string, [Rating, Rating][]>();
  for (const ratings of Map.groupBy(measure.ratings, ({ unit }) => unit).values()) {
    const sorted = ratings.toSorted((a, b) => (a.judge < b.judge ? -1 : 1));
    for (const [at, first] of sorted.entries()) {
      for (const second of sorted.slice(at + 1)) {
        const key = `${first.judge} ${second.judge}`;
        const pairs = common.get(key) ?? [];
        pairs.push([first, second]);
        common.set(key, pairs);
      }
    }
  }
  const most = [...common.values()].toSorted((a, b) => b.length - a.length).slice(0, MOST_PAIRS);
  return most.flatMap((pairs) => {
    const [first, second] = pairs[0] ?? [];
    if (first === undefined || second === undefined) return [];
    return {
      question: measure.question,
      dimension: measure.dimension,
      first: first.judge,
      second: second.judge,
      kappa: kappaOf(pairs, seed),
      weighted_kappa: measure.scaled ? weightedKappaOf(pairs, seed) : null,
    };
  });
}

type Pairs = readonly (readonly [Rating, Rating])[];

function kappaOf(pairs: Pairs, seed: number): JudgingEstimate {
  const values = pairs.map(([a, b]): [number, number] => [a.value, b.value]);
  const clusters = pairs.map(([{ item }]) => item);
  return toEstimate(cohensKappa(values, { seed, clusters }), 2 * values.length);
}

function weightedKappaOf(pairs: Pairs, seed: number): JudgingEstimate {
  const onScale = pairs.filter(([a, b]) => a.scaled !== null && b.scaled !== null);
  const values = onScale.map(([a, b]): [number, number] => [a.scaled ?? 0, b.scaled ?? 0]);
  const clusters = onScale.map(([{ item }]) => item);
  return toEstimate(cohensKappa(values, { seed, clusters }, squaredDifference), 2 * values.length);
}
