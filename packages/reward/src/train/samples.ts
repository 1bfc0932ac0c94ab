import { RewardError } from '../errors.ts';

/** What people rate beside the overall impression. */
export const DIMENSIONS = ['accuracy', 'helpfulness', 'clarity', 'safety'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** One person's rating of one answer. */
export interface RatedSample {
  query: string;
  /** What was said before the query; answers to one query are compared only where it agrees. */
  context?: string | undefined;
  response: string;
  /** 1–5. */
  rating: number;
  /** 1–5 each. */
  dimensions?: Partial<Record<Dimension, number>>;
  /** How much this rating counts, above 0; default 1. */
  weight?: number;
}

/** One answer preferred to another. */
export interface PreferenceSample {
  query: string;
  context?: string | undefined;
  chosen: string;
  rejected: string;
  /** How clear the preference is, 0–1; default 1. */
  strength?: number;
}

/** What a reward model learns from; either kind alone is enough. */
export interface TrainingSamples {
  ratings?: readonly RatedSample[];
  pairs?: readonly PreferenceSample[];
}

/** @throws RewardError `bad_sample` naming the first row whose numbers are out of range */
export function assertSamples({ ratings = [], pairs = [] }: TrainingSamples): void {
  ratings.forEach((sample, row) => {
    const stars = [sample.rating, ...Object.values(sample.dimensions ?? {})];
    if (!stars.every((value) => value >= 1 && value <= 5))
      throw new RewardError('bad_sample', `Rating ${row}: ratings lie between 1 and 5.`);
    if (!((sample.weight ?? 1) > 0 && Number.isFinite(sample.weight ?? 1)))
      throw new RewardError('bad_sample', `Rating ${row}: the weight must be above 0.`);
  });
  pairs.forEach(({ strength = 1 }, row) => {
    if (!(strength >= 0 && strength <= 1))
      throw new RewardError('bad_sample', `Pair ${row}: the strength lies between 0 and 1.`);
  });
}
