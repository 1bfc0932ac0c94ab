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
  const units = ratedTwice(measure.ratings);
  const bothWays = [...units, ...ratedTwice(measure.swapped)];
  const count = units.reduce((sum, ratings) => sum + ratings.length, 0);
  const alpha = (read: (rating: Rating) => number | null, level: MeasurementLevel) => {
    const rated = bothWays.map((ratings) => ratings.map(read));
    return toEstimate(krippendorffsAlpha(rated, level, { seed, clusters: itemsOf(bothWays) }), count);
  };
  const values = units.map((ratings) => ratings.map(({ value }) => value));
  return {
    question: measure.question,
    title: measure.title,
    dimension: measure.dimension,
    percent: toEstimate(percentAgreement(values, { seed, clusters: itemsOf(units) }), count),
    alpha: {
      nominal: alpha(({ value }) => value, 'nominal'),
      ordinal: measure.scaled ? alpha(({ scaled }) => scaled, 'ordinal') : null,
      interval: measure.scaled ? alpha(({ scaled }) => scaled, 'interval') : null,
    },
  };
}

function ratedTwice(ratings: readonly Rating[]): Rating[][] {
  return [...Map.groupBy(ratings, ({ unit }) => unit).values()].filter((unit) => unit.length >= 2);
}

function itemsOf(units: readonly (readonly Rating[])[]): string[] {
  return units.map(([first]) => first?.item ?? '');
}

/** Most pairs of judges that are looked at, those with the most in common. */
const MOST_PAIRS = 200;

/** Cohen's kappa of every two judges who judged the same things. */
export function judgePairsOn(measure: Measure, seed: number): JudgePair[] {
  const common = new Map<string, [Rating, Rating][]>();
  for (const ratings of ratedTwice([...measure.ratings, ...measure.swapped])) {
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
  const ways = measure.swapped.length === 0 ? 1 : 2;
  const most = [...common.values()].toSorted((a, b) => b.length - a.length).slice(0, MOST_PAIRS);
  return most.flatMap((pairs) => {
    const [first, second] = pairs[0] ?? [];
    if (first === undefined || second === undefined) return [];
    return {
      question: measure.question,
      dimension: measure.dimension,
      first: first.judge,
      second: second.judge,
      kappa: kappaOf(pairs, ways, seed),
      weighted_kappa: measure.scaled ? weightedKappaOf(pairs, ways, seed) : null,
    };
  });
}

type Pairs = readonly (readonly [Rating, Rating])[];

/** @param ways how often each judgement stands in the pairs */
function kappaOf(pairs: Pairs, ways: number, seed: number): JudgingEstimate {
  const values = pairs.map(([a, b]): [number, number] => [a.value, b.value]);
  const clusters = pairs.map(([{ item }]) => item);
  return toEstimate(cohensKappa(values, { seed, clusters }), (2 * values.length) / ways);
}

function weightedKappaOf(pairs: Pairs, ways: number, seed: number): JudgingEstimate {
  const onScale = pairs.filter(([a, b]) => a.scaled !== null && b.scaled !== null);
  const values = onScale.map(([a, b]): [number, number] => [a.scaled ?? 0, b.scaled ?? 0]);
  const clusters = onScale.map(([{ item }]) => item);
  return toEstimate(cohensKappa(values, { seed, clusters }, squaredDifference), (2 * values.length) / ways);
}
