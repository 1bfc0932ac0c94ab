import { designFromDense, learnLayout } from '../features/design.ts';
import { DENSE_FEATURES } from '../features/raw-features.ts';
import type { MinimiseOptions } from '../solve/lbfgs.ts';
import { type Matrix, project } from '../solve/matrix.ts';
import type { Configuration } from './configuration.ts';
import { fitHead, type Targets } from './fit.ts';
import type { DenseSet } from './prepared.ts';

/** Index of log length among the columns of a design matrix. */
export const LENGTH_COLUMN = DENSE_FEATURES.indexOf('log_length');

/** Far from exact: scores of a half-converged model choose and calibrate as well, in a third of the time. */
const ROUGH: MinimiseOptions = { tolerance: 1e-2, maxIterations: 60 };

/**
 * Scores every row by a model that was trained without its fold.
 *
 * @param folds fold of each row
 * @returns one raw score per row
 */
export function outOfFoldScores(
  set: DenseSet,
  targets: Targets,
  folds: readonly number[],
  configuration: Configuration,
  lengthControlled: boolean,
): Float64Array {
  const scores = new Float64Array(set.items.length);
  for (const fold of new Set(folds)) {
    const train = folds.flatMap((f, row) => (f === fold ? [] : [row]));
    const layout = learnLayout(
      train.map((row) => set.dense[row]!),
      configuration.interaction,
      set.rarity,
    );
    const all = designFromDense(set.raw, set.dense, layout);
    const fit = fitHead(rowsOf(all, train), targetsOf(targets, train), {
      ...configuration,
      ...(lengthControlled ? { control: LENGTH_COLUMN } : {}),
      solver: ROUGH,
    });
    const projected = project(all, fit.weights, fit.bias);
    folds.forEach((f, row) => {
      if (f === fold) scores[row] = projected[row]!;
    });
  }
  return scores;
}

function rowsOf({ values, width }: Matrix, rows: readonly number[]): Matrix {
  const picked = new Float32Array(rows.length * width);
  rows.forEach((row, index) => {
    picked.set(values.subarray(row * width, (row + 1) * width), index * width);
  });
  return { values: picked, width, rows: rows.length };
}

/** Targets of the given rows, renumbered to their positions. */
function targetsOf({ points, pairs }: Targets, rows: readonly number[]): Targets {
  const position = new Map(rows.map((row, index) => [row, index]));
  return {
    points: points.flatMap((point) => {
      const row = position.get(point.row);
      return row === undefined ? [] : [{ ...point, row }];
    }),
    pairs: pairs.flatMap((pair) => {
      const [better, worse] = [position.get(pair.better), position.get(pair.worse)];
      return better === undefined || worse === undefined ? [] : [{ ...pair, better, worse }];
    }),
  };
}
