import type { Estimate } from '../interval.ts';
import { meanSequence, type SequenceOptions } from './confidence-sequence.ts';
import type { ArmMoments } from './unit-sums.ts';

/** Both arms over a time in which their shares of traffic stood still. */
export interface Stratum {
  treatment: ArmMoments;
  control: ArmMoments;
}

/** A weighted mean and the variance of that mean. */
interface WeightedMean {
  mean: number;
  variance: number;
}

/** Both arms over all strata, made comparable. */
export interface CombinedArms {
  /** Observations, and independent units, of either arm in the strata that compare anything. */
  n: { treatment: number; control: number };
  units: { treatment: number; control: number };
  /** Σ n₁ n₀ / (n₁ + n₀): what the observations are worth in a comparison; the clock of the sequence. */
  information: number;
  treatment: WeightedMean;
  control: WeightedMean;
}

/**
 * Both arms with each stratum weighed by n₁ n₀ / (n₁ + n₀), as Mantel and Haenszel weigh tables ("Statistical aspects
 * of the analysis of data from retrospective studies of disease", 1959). While a ramp grows, its shares change: pooled
 * over all of it, the treatment would hold more of the latest days than the control, and a change over time would look
 * like a difference between them. Strata in which either arm has fewer than two units compare nothing.
 * @returns null where no stratum compares anything
 */
export function combineStrata(strata: readonly Stratum[]): CombinedArms | null {
  const compared = strata.filter(({ treatment, control }) => treatment.units >= 2 && control.units >= 2);
  const weights = compared.map(({ treatment: { n: a }, control: { n: b } }) => (a * b) / (a + b));
  const information = sumOf(weights);
  if (!(information > 0)) return null;
  const arm = (name: keyof Stratum): WeightedMean => ({
    mean: sumOf(compared.map((stratum, index) => (weights[index]! / information) * stratum[name].mean)),
    variance: sumOf(
      compared.map((stratum, index) => {
        const { variance, n } = stratum[name];
        return ((weights[index]! / information) ** 2 * variance) / n;
      }),
    ),
  });
  const count = (name: keyof Stratum, of: 'n' | 'units') =>
    sumOf(compared.map((stratum) => stratum[name][of]));
  return {
    n: { treatment: count('treatment', 'n'), control: count('control', 'n') },
    units: { treatment: count('treatment', 'units'), control: count('control', 'units') },
    information,
    treatment: arm('treatment'),
    control: arm('control'),
  };
}

/**
 * The treatment's mean less the control's, with an interval that is valid however often one looks. n counts the
 * observations of both arms; `tightestAt` is in units of information (a quarter of n at even shares). Unbounded where
 * nothing varied: then nothing says how far chance reaches.
 */
export function stratifiedDifference(arms: CombinedArms, options: SequenceOptions): Estimate {
  const { treatment, control } = arms;
  return sequence(arms, treatment.mean - control.mean, treatment.variance + control.variance, options);
}

/**
 * The treatment's mean over the control's less 1, by the delta method: +0.05 is 5 % more. Unbounded also where the
 * control's mean is not above 0.
 */
export function stratifiedRelativeDifference(arms: CombinedArms, options: SequenceOptions): Estimate {
  const { treatment, control } = arms;
  const ratio = treatment.mean / control.mean;
  const variance = (treatment.variance + ratio ** 2 * control.variance) / control.mean ** 2;
  return sequence(arms, ratio - 1, control.mean > 0 ? variance : 0, options);
}

function sequence(
  { information, n: { treatment, control } }: CombinedArms,
  value: number,
  variance: number,
  options: SequenceOptions,
): Estimate {
  const n = treatment + control;
  return { ...meanSequence({ n: information, mean: value, variance: information * variance }, options), n };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
