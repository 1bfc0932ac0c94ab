import type { JudgingEstimate } from '@attune/contracts';
import {
  dawidSkene,
  type Estimate,
  type Labelled,
  quantile,
  reliabilityOf,
  seededRandom,
} from '@attune/core';
import { toEstimate } from './estimates.ts';
import type { Measure } from './rated-units.ts';

const RESAMPLES = 100;
const STEPS = 50;

/** How reliable each judge is by a Dawid–Skene fit, with an interval from resampling items. */
export function reliabilities(measure: Measure, seed: number): Map<string, JudgingEstimate> {
  const values = [...new Set(measure.ratings.map(({ value }) => value))];
  const classes = values.length;
  const labels = toLabels(measure, values);
  const judges = Map.groupBy(labels, ({ judge }) => judge);
  const fit = dawidSkene(labels, classes, { steps: STEPS });
  const draws = resampledFits(labels, classes, seed);
  return new Map(
    [...judges].map(([judge, own]) => {
      const drawn = draws.map((draw) => reliabilityOf(draw, judge)).filter((value) => !Number.isNaN(value));
      const estimate: Estimate = {
        value: reliabilityOf(fit, judge),
        ci: [quantile(drawn, 0.025), quantile(drawn, 0.975)],
        n: own.length,
      };
      return [judge, toEstimate(estimate, own.length)];
    }),
  );
}

/** Things that only one judge rated say nothing about anybody. */
function toLabels({ ratings }: Measure, values: readonly number[]): Labelled[] {
  return [...Map.groupBy(ratings, ({ unit }) => unit).values()]
    .filter((unit) => unit.length >= 2)
    .flat()
    .map(({ unit, judge, value }) => ({ item: unit, judge, label: values.indexOf(value) }));
}

function resampledFits(labels: readonly Labelled[], classes: number, seed: number) {
  const random = seededRandom(seed);
  const items = [...Map.groupBy(labels, ({ item }) => item).values()];
  return Array.from({ length: items.length < 2 ? 0 : RESAMPLES }, () => {
    const drawn = items.flatMap((_, draw) =>
      (items[Math.floor(random() * items.length)] ?? []).map((label) => ({ ...label, item: String(draw) })),
    );
    return dawidSkene(drawn, classes, { steps: STEPS });
  });
}
