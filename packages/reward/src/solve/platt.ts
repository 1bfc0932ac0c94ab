import { sigmoid } from './logistic-regression.ts';

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

/**
 * Platt scaling: the logistic curve that best turns scores into probabilities (Platt 1999), by Newton's method. A
 * weak prior toward slope 1 and offset 0 keeps it finite when the scores separate the classes. The slope never falls
 * below 0.05: calibration must not turn an order round.
 */
export function fitPlatt(points: readonly CalibrationPoint[]): Calibration {
  let [slope, offset] = [1, 0];
  for (let iteration = 0; iteration < 50; iteration++) {
    const [stepSlope, stepOffset] = newtonStep(points, slope, offset);
    slope -= stepSlope;
    offset -= stepOffset;
    if (Math.abs(stepSlope) + Math.abs(stepOffset) < 1e-9) break;
  }
  return { slope: Math.max(0.05, slope), offset };
}

const PRIOR = 0.1;

function newtonStep(points: readonly CalibrationPoint[], slope: number, offset: number): [number, number] {
  let [gradientSlope, gradientOffset] = [PRIOR * (slope - 1), PRIOR * offset];
  let [a, b, c] = [PRIOR, 0, PRIOR];
  for (const { score, target, weight } of points) {
    const probability = sigmoid(slope * score + offset);
    const residual = weight * (probability - target);
    const curvature = weight * Math.max(1e-6, probability * (1 - probability));
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
