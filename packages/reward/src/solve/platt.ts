import { sigmoid, softplus } from './logistic-regression.ts';

/** `probability = sigmoid(slope · score + offset)`. */
export interface Calibration {
  slope: number;
  offset: number;
}

/** A score with what came of it: `target` 0–1 (the share of positives), `weight` > 0. */
export interface CalibrationPoint {
  score: number;
  target: number;
  weight: number;
}

/** Weight of the prior toward slope 1 and offset 0, in units of the scores' standard deviation. */
const PRIOR = 0.1;
const SMALLEST_SLOPE = 0.05;

/**
 * Platt scaling: the logistic curve that best turns scores into probabilities (Platt 1999), by Newton's method with
 * the step halved until the loss falls (Lin, Lin and Weng 2007, section 3): undamped, the steps run away where the
 * scores are large. A weak prior keeps the curve finite when the scores separate the classes. Scores are divided by
 * their root mean square first, so that the result does not depend on their unit. The slope never falls below 0.05 in
 * that unit: calibration must not turn an order round.
 */
export function fitPlatt(points: readonly CalibrationPoint[]): Calibration {
  const unit = rootMeanSquare(points);
  const scaled = points.map((point) => ({ ...point, score: point.score / unit }));
  let curve: Calibration = { slope: 1, offset: 0 };
  for (let iteration = 0; iteration < 100; iteration++) {
    const next = lowered(scaled, curve);
    if (next === null) break;
    curve = next;
  }
  return { slope: Math.max(SMALLEST_SLOPE, curve.slope) / unit, offset: curve.offset };
}

function rootMeanSquare(points: readonly CalibrationPoint[]): number {
  const sum = points.reduce((total, { score }) => total + score * score, 0);
  return Math.sqrt(sum / Math.max(1, points.length)) || 1;
}

/** The curve one step further down; null at the bottom. */
function lowered(points: readonly CalibrationPoint[], curve: Calibration): Calibration | null {
  const [stepSlope, stepOffset] = newtonStep(points, curve);
  const before = lossOf(points, curve);
  for (let share = 1; share > 1e-10; share /= 2) {
    const next = { slope: curve.slope - share * stepSlope, offset: curve.offset - share * stepOffset };
    if (lossOf(points, next) < before - 1e-12 * Math.abs(before)) return next;
  }
  return null;
}

function lossOf(points: readonly CalibrationPoint[], { slope, offset }: Calibration): number {
  let loss = (PRIOR / 2) * ((slope - 1) ** 2 + offset ** 2);
  for (const { score, target, weight } of points) {
    const logit = slope * score + offset;
    loss += weight * (softplus(logit) - target * logit);
  }
  return loss;
}

function newtonStep(points: readonly CalibrationPoint[], { slope, offset }: Calibration): [number, number] {
  let [gradientSlope, gradientOffset] = [PRIOR * (slope - 1), PRIOR * offset];
  let [a, b, c] = [PRIOR, 0, PRIOR];
  for (const { score, target, weight } of points) {
    const probability = sigmoid(slope * score + offset);
    const residual = weight * (probability - target);
    const curvature = weight * probability * (1 - probability);
    gradientSlope += residual * score;
    gradientOffset += residual;
    a += curvature * score * score;
    b += curvature * score;
    c += curvature;
  }
  const determinant = a * c - b * b;
  return [
    (c * gradientSlope - b * gradientOffset) / determinant,
    (a * gradientOffset - b * gradientSlope) / determinant,
  ];
}
