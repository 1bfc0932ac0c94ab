import type { MinimiseOptions } from '../solve/lbfgs.ts';
import {
  fitLogistic,
  type LinearFit,
  type PairTarget,
  type PointTarget,
} from '../solve/logistic-regression.ts';
import type { Matrix } from '../solve/matrix.ts';
import { withoutColumn } from './length-control.ts';

/** Targets of one head over the rows of a design matrix. */
export interface Targets {
  points: readonly PointTarget[];
  pairs: readonly PairTarget[];
}

/** How one head is fitted. */
export interface FitOptions {
  /** Share of the pointwise objective, 0–1. With no points or no pairs the other has it all. */
  pointwise: number;
  penalty: number;
  /** Column whose linear influence is taken out of the model. */
  control?: number;
  solver?: MinimiseOptions;
}

/**
 * Fits a head. Whatever the number of raters, pairs and answers, both objectives together weigh as much as there are
 * answers with a target, so that a penalty means the same everywhere.
 */
export function fitHead(rows: Matrix, targets: Targets, options: FitOptions): LinearFit {
  const mass = new Set([
    ...targets.points.map(({ row }) => row),
    ...targets.pairs.flatMap((p) => [p.better, p.worse]),
  ]).size;
  const share = objectiveShare(targets, options.pointwise);
  const solve = (matrix: Matrix) =>
    fitLogistic(
      {
        rows: matrix,
        points: scaled(targets.points, mass * share),
        pairs: scaled(targets.pairs, mass * (1 - share)),
        penalty: options.penalty,
      },
      options.solver,
    );
  const centred = centre(rows);
  const fit =
    options.control === undefined
      ? solve(centred.matrix)
      : withoutColumn(centred.matrix, options.control, solve);
  // Centring makes the problem round for the solver; the means go into the bias.
  const shift = centred.means.reduce((sum, mean, column) => sum + mean * fit.weights[column]!, 0);
  return { weights: fit.weights, bias: fit.bias - shift };
}

function objectiveShare({ points, pairs }: Targets, pointwise: number): number {
  if (points.length === 0) return 0;
  return pairs.length === 0 ? 1 : pointwise;
}

/** Target weights scaled to a total; none where the total is 0. */
function scaled<T extends { weight: number }>(targets: readonly T[], total: number): T[] {
  if (total === 0) return [];
  const sum = targets.reduce((weights, { weight }) => weights + weight, 0);
  return targets.map((target) => ({ ...target, weight: (target.weight * total) / sum }));
}

function centre({ values, width, rows }: Matrix): { matrix: Matrix; means: Float64Array } {
  const means = new Float64Array(width);
  for (let start = 0; start < values.length; start += width)
    for (let i = 0; i < width; i++) means[i] = means[i]! + values[start + i]! / rows;
  const centred = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += width)
    for (let i = 0; i < width; i++) centred[start + i] = values[start + i]! - means[i]!;
  return { matrix: { values: centred, width, rows }, means };
}
