import { type MinimiseOptions, minimise } from './lbfgs.ts';
import { type Matrix, project } from './matrix.ts';

/** A row's label and how much it counts. */
export interface PointTarget {
  row: number;
  /** 0–1; values between say how sure the label is. */
  target: number;
  weight: number;
}

/** One row preferred to another and how much that counts. */
export interface PairTarget {
  better: number;
  worse: number;
  weight: number;
}

/** What a linear model should explain. */
export interface LogisticProblem {
  rows: Matrix;
  points: readonly PointTarget[];
  pairs: readonly PairTarget[];
  /** L2 penalty λ of λ/2·‖w‖² (1/C in scikit-learn). The bias is free. */
  penalty: number;
}

/** A linear model: `weights · row + bias`. */
export interface LinearFit {
  weights: Float64Array;
  bias: number;
}

const PRECISE: MinimiseOptions = { tolerance: 1e-6, maxIterations: 1000 };

/**
 * Minimises Σ weight·log-loss over points, plus Σ weight·ln(1 + e^−(score of better − score of worse)) over pairs
 * (Bradley and Terry 1952), plus the L2 penalty. With pairs alone the bias stays 0: pairs say nothing about it.
 */
export function fitLogistic(problem: LogisticProblem, options: MinimiseOptions = PRECISE): LinearFit {
  const { rows, penalty } = problem;
  const width = rows.width;
  const objective = (x: Float64Array, gradient: Float64Array): number => {
    const weights = x.subarray(0, width);
    const scores = project(rows, weights, x[width]!);
    const slopes = new Float64Array(rows.rows);
    let value = pointLoss(problem.points, scores, slopes);
    gradient[width] = slopes.reduce((sum, slope) => sum + slope, 0);
    value += pairLoss(problem.pairs, scores, slopes);
    gradient.subarray(0, width).set(transposed(rows, slopes));
    for (let i = 0; i < width; i++) {
      value += (penalty / 2) * weights[i]! ** 2;
      gradient[i] = gradient[i]! + penalty * weights[i]!;
    }
    return value;
  };
  const solution = minimise(objective, new Float64Array(width + 1), options);
  return { weights: solution.slice(0, width), bias: solution[width]! };
}

/** Class weights that make both classes count alike, n / (2·size of class): scikit-learn's `balanced`. */
export function balancedTargets(labels: readonly boolean[]): PointTarget[] {
  const positives = labels.filter(Boolean).length;
  const size = (label: boolean) => (label ? positives : labels.length - positives);
  return labels.map((label, row) => ({
    row,
    target: label ? 1 : 0,
    weight: labels.length / (2 * size(label)),
  }));
}

/** 1 / (1 + e^−x), 0–1. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** ln(1 + e^x) without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function pointLoss(points: readonly PointTarget[], scores: Float64Array, slopes: Float64Array): number {
  let loss = 0;
  for (const { row, target, weight } of points) {
    const score = scores[row]!;
    loss += weight * (softplus(score) - target * score);
    slopes[row] = slopes[row]! + weight * (sigmoid(score) - target);
  }
  return loss;
}

function pairLoss(pairs: readonly PairTarget[], scores: Float64Array, slopes: Float64Array): number {
  let loss = 0;
  for (const { better, worse, weight } of pairs) {
    const margin = scores[better]! - scores[worse]!;
    loss += weight * softplus(-margin);
    const slope = weight * sigmoid(-margin);
    slopes[better] = slopes[better]! - slope;
    slopes[worse] = slopes[worse]! + slope;
  }
  return loss;
}

function transposed({ values, width, rows }: Matrix, slopes: Float64Array): Float64Array {
  const sum = new Float64Array(width);
  for (let row = 0, at = 0; row < rows; row++, at += width) {
    const slope = slopes[row]!;
    if (slope === 0) continue;
    for (let i = 0; i < width; i++) sum[i] = sum[i]! + slope * values[at + i]!;
  }
  return sum;
}
