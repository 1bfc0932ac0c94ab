import type { Moments } from '../moments.ts';

/**
 * What an arm's units (users) add up to. Each unit u gave n_u observations (ratings, requests) with the sum s_u; x_u is
 * its covariate from before the experiment, 0 where unknown. Every estimate needs only these sums: a database forms
 * them, and those of two days or replicas add up as long as a unit is in one of them only.
 */
export interface UnitSums {
  /** Number of units, G. */
  units: number;
  /** Σ n_u. */
  count: number;
  /** Σ s_u. */
  total: number;
  /** Σ n_u². */
  count_squared: number;
  /** Σ s_u². */
  total_squared: number;
  /** Σ s_u n_u. */
  total_by_count: number;
  /** Σ x_u, Σ x_u², Σ x_u s_u and Σ x_u n_u. */
  covariate: number;
  covariate_squared: number;
  covariate_by_total: number;
  covariate_by_count: number;
}

/** One unit's contribution. */
export interface Unit {
  count: number;
  total: number;
  /** From before the experiment, less its mean over those units that have one; 0 for the others. */
  covariate?: number;
}

/** Size (observations), mean and variance of an arm whose observations depend on each other within units. */
export interface ArmMoments extends Moments {
  /** Independent units behind the observations. */
  units: number;
}

/** The sums of a list of units. */
export function sumUnits(units: readonly Unit[]): UnitSums {
  const sums: UnitSums = {
    units: units.length,
    count: 0,
    total: 0,
    count_squared: 0,
    total_squared: 0,
    total_by_count: 0,
    covariate: 0,
    covariate_squared: 0,
    covariate_by_total: 0,
    covariate_by_count: 0,
  };
  for (const { count, total, covariate = 0 } of units) {
    sums.count += count;
    sums.total += total;
    sums.count_squared += count * count;
    sums.total_squared += total * total;
    sums.total_by_count += total * count;
    sums.covariate += covariate;
    sums.covariate_squared += covariate * covariate;
    sums.covariate_by_total += covariate * total;
    sums.covariate_by_count += covariate * count;
  }
  return sums;
}

/**
 * The ratio R = Σs / Σn with its variance by the delta method, units being independent (Deng, Knoblich and Lu 2018,
 * "Applying the delta method in metric analytics"): the mean of ratings where users give many, or a share of requests.
 *
 * The variance is given per observation, inflated by what observations of one unit have in common (design effect), so
 * that variance / n is the variance of R. With one observation a unit it is the usual unbiased variance.
 */
export function armMoments(sums: UnitSums): ArmMoments {
  const { units, count, total } = sums;
  const mean = total / count;
  if (units < 2) return { units, n: count, mean, variance: Number.NaN };
  const residuals = sums.total_squared - 2 * mean * sums.total_by_count + mean * mean * sums.count_squared;
  const variance = ((Math.max(residuals, 0) / count) * units) / (units - 1);
  return { units, n: count, mean, variance };
}
