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
import type { Measure, Rating } from './rated-units.ts';

const RESAMPLES = 100;
const STEPS = 50;

interface ClusteredLabel extends Labelled {
  /** The item that the labelled part belongs to. */
  readonly cluster: string;
}

/** How reliable each judge is by a Dawid–Skene fit, with an interval from resampling items. */
export function reliabilities(measure: Measure, seed: number): Map<string, JudgingEstimate> {
  const ratings = [...measure.ratings, ...measure.swapped];
  const values = [...new Set(ratings.map(({ value }) => value))];
  const classes = values.length;
  const labels = toLabels(ratings, values);
  const judges = Map.groupBy(labels, ({ judge }) => judge);
  const fit = dawidSkene(labels, classes, { steps: STEPS });
  const draws = resampledFits(labels, classes, seed);
  const ways = measure.swapped.length === 0 ? 1 : 2;
  return new Map(
    [...judges].map(([judge, own]) => {
      const drawn = draws.map((draw) => reliabilityOf(draw, judge)).filter((value) => !Number.isNaN(value));
      const estimate: Estimate = {
        value: reliabilityOf(fit, judge),
        ci: [quantile(drawn, 0.025), quantile(drawn, 0.975)],
        n: new Set(own.map(({ cluster }) => cluster)).size,
      };
      return [judge, toEstimate(estimate, own.length / ways)];
    }),
  );
}

/** Things that only one judge rated say nothing about anybody. */
function toLabels(ratings: readonly Rating[], values: readonly number[]): ClusteredLabel[] {
  return [...Map.groupBy(ratings, ({ unit }) => unit).values()]
    .filter((unit) => unit.length >= 2)
    .flat()
    .map(({ unit, item, judge, value }) => ({
      item: unit,
      cluster: item,
      judge,
      label: values.indexOf(value),
    }));
}

/** Fits of what was drawn item by item: what is said of several parts of an item depends on each other. */
function resampledFits(labels: readonly ClusteredLabel[], classes: number, seed: number) {
  const random = seededRandom(seed);
  const items = [...Map.groupBy(labels, ({ cluster }) => cluster).values()];
  return Array.from({ length: items.length < 2 ? 0 : RESAMPLES }, () => {
    const drawn = items.flatMap((_, draw) =>
      (items[Math.floor(random() * items.length)] ?? []).map((label) => ({
        ...label,
        item: `${draw} ${label.item}`,
      })),
    );
    return dawidSkene(drawn, classes, { steps: STEPS });
  });
}
