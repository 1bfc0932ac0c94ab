import { normalQuantile } from '../distributions.ts';
import { type Estimate, wilson } from '../interval.ts';

/** A choice between two responses that stood side by side, with their lengths in characters. */
export interface SidedChoice {
  readonly choseLeft: boolean;
  readonly leftLength: number;
  readonly rightLength: number;
}

/** How far a judge's choices follow position and length rather than content. */
export interface ChoiceBias {
  /** Share of choices of the left one (Wilson's interval); 0.5 without bias, since sides are drawn at random. */
  readonly leftShare: Estimate;
  /** Share of choices of the longer one, where lengths differ. */
  readonly longerShare: Estimate;
  /** Change of the log-odds of choosing the left one for each doubling of its length relative to the other's. */
  readonly lengthSlope: Estimate;
}

/** Position and length bias of the choices of one judge. */
export function choiceBias(choices: readonly SidedChoice[]): ChoiceBias {
  const unequal = choices.filter(({ leftLength, rightLength }) => leftLength !== rightLength);
  const longer = unequal.filter((choice) => choice.choseLeft === choice.leftLength > choice.rightLength);
  const doublings = choices.map(
    ({ leftLength, rightLength }) => Math.log2(Math.max(1, leftLength)) - Math.log2(Math.max(1, rightLength)),
  );
  return {
    leftShare: wilson(choices.filter(({ choseLeft }) => choseLeft).length, choices.length),
    longerShare: wilson(longer.length, unequal.length),
    lengthSlope: logisticSlope(
      doublings,
      choices.map(({ choseLeft }) => choseLeft),
    ),
  };
}

const STEPS = 50;

/**
 * Slope of a logistic regression of yes or no on one number, with an intercept, by Newton's method, and its Wald
 * interval at 95 % (Hosmer, Lemeshow and Sturdivant 2013, section 1.3). NaN and unbounded where there is no finite
 * one: all answers alike, one and the same x, or x that parts the answers wholly.
 */
export function logisticSlope(xs: readonly number[], ys: readonly boolean[]): Estimate {
  const n = xs.length;
  const none: Estimate = { value: Number.NaN, ci: [-Infinity, Infinity], n };
  if (parted(xs, ys)) return none;
  let [intercept, slope] = [0, 0];
  for (let step = 0; step < STEPS; step++) {
    const { gradient, information, determinant } = scores(xs, ys, intercept, slope);
    const [a, b, c] = information;
    const moveSlope = (a * gradient[1] - b * gradient[0]) / determinant;
    intercept += (c * gradient[0] - b * gradient[1]) / determinant;
    slope += moveSlope;
    if (Math.abs(moveSlope) < 1e-10) {
      const half = normalQuantile(0.975) * Math.sqrt(a / determinant);
      return { value: slope, ci: [slope - half, slope + half], n };
    }
  }
  return none;
}

/** Whether one x parts yes from no, so that ever steeper slopes fit ever better. */
function parted(xs: readonly number[], ys: readonly boolean[]): boolean {
  const yes = xs.filter((_, index) => ys[index] === true);
  const no = xs.filter((_, index) => ys[index] !== true);
  // Without values, these are infinite and part anything.
  const [mostYes, leastYes] = [Math.max(...yes), Math.min(...yes)];
  const [mostNo, leastNo] = [Math.max(...no), Math.min(...no)];
  return mostNo <= leastYes || mostYes <= leastNo;
}

/** Gradient of the log-likelihood and the information matrix [[a, b], [b, c]]. */
function scores(xs: readonly number[], ys: readonly boolean[], intercept: number, slope: number) {
  const gradient: [number, number] = [0, 0];
  const information: [number, number, number] = [0, 0, 0];
  for (const [index, x] of xs.entries()) {
    const p = 1 / (1 + Math.exp(-(intercept + slope * x)));
    const left = (ys[index] === true ? 1 : 0) - p;
    const weight = p * (1 - p);
    gradient[0] += left;
    gradient[1] += left * x;
    information[0] += weight;
    information[1] += weight * x;
    information[2] += weight * x * x;
  }
  const [a, b, c] = information;
  return { gradient, information, determinant: a * c - b * b };
}
