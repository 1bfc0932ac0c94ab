import { type ArmMoments, armMoments, type UnitSums } from './unit-sums.ts';

/** Two arms made comparable by what their users did before. */
export interface AdjustedArms {
  treatment: ArmMoments;
  control: ArmMoments;
  /** The coefficient of the covariate, one for both arms. */
  theta: number;
  /** Share of the difference's variance that the adjustment removed, 0–1. */
  variance_removed: number;
}

/**
 * CUPED (Deng, Xu, Kohavi and Walker 2013, "Improving the sensitivity of online controlled experiments by utilizing
 * pre-experiment data", section 3) for ratio metrics: each unit's influence on its arm's ratio is regressed on the
 * covariate, with one coefficient for both arms. The adjusted means differ by the treatment's effect, with less
 * variance; without covariates nothing changes. The covariate must come from before the unit's first exposure.
 */
export function adjustForPast(treatment: UnitSums, control: UnitSums): AdjustedArms {
  const arms = [influence(treatment), influence(control)] as const;
  const spread = arms[0].covariateSpread + arms[1].covariateSpread;
  const theta = spread > 0 ? (arms[0].common + arms[1].common) / spread : 0;
  const centre = (treatment.covariate + control.covariate) / (treatment.units + control.units);
  const [before, after] = [
    arms.map(({ moments }) => moments),
    arms.map((arm) => adjusted(arm, theta, centre)),
  ];
  const variance = (both: ArmMoments[]) => both.reduce((sum, { variance, n }) => sum + variance / n, 0);
  return {
    treatment: after[0]!,
    control: after[1]!,
    theta,
    variance_removed: Math.max(0, 1 - variance(after) / variance(before)) || 0,
  };
}

/** How an arm's units move its ratio, and what that has in common with their covariate; sums of squares by unit. */
interface Influence {
  moments: ArmMoments;
  covariateMean: number;
  /** Σ (x_u − x̄)². */
  covariateSpread: number;
  /** Σ (x_u − x̄) L_u, where L_u = (s_u − R n_u) / n̄. */
  common: number;
}

function influence(sums: UnitSums): Influence {
  const moments = armMoments(sums);
  const { units, count } = sums;
  const covariateMean = sums.covariate / units;
  const covariateSpread = sums.covariate_squared - units * covariateMean ** 2;
  const common = (sums.covariate_by_total - moments.mean * sums.covariate_by_count) / (count / units);
  return { moments, covariateMean, covariateSpread: Math.max(covariateSpread, 0), common };
}

function adjusted(arm: Influence, theta: number, centre: number): ArmMoments {
  const { units, n, mean, variance } = arm.moments;
  const removed = (2 * theta * arm.common - theta * theta * arm.covariateSpread) / (units - 1);
  // `variance` is per observation; that of the units' influences is larger by units / n.
  const left = Math.max(variance - (removed * n) / units, 0);
  return { units, n, mean: mean - theta * (arm.covariateMean - centre), variance: left };
}
