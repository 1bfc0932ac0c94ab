import type { LinearFit } from '../solve/logistic-regression.ts';
import type { Matrix } from '../solve/matrix.ts';

/**
 * Fits a model whose scores do not rise or fall with one column over the training rows: the column's linear
 * influence is regressed out of every other column first (Frisch and Waugh 1933), and the result is written back as
 * a weight on that column, so that it stays one linear model of the original columns.
 *
 * @param rows centred columns
 * @param control the column, here log length
 */
export function withoutColumn(rows: Matrix, control: number, solve: (rows: Matrix) => LinearFit): LinearFit {
  const slopes = slopesOn(rows, control);
  const { weights, bias } = solve(residuals(rows, control, slopes));
  const moved = slopes.reduce(
    (sum, slope, column) => sum + (column === control ? 0 : slope * weights[column]!),
    0,
  );
  return { weights: weights.map((weight, column) => (column === control ? -moved : weight)), bias };
}

/** Least-squares slope of every column on the control column. */
function slopesOn({ values, width, rows }: Matrix, control: number): Float64Array {
  const products = new Float64Array(width);
  for (let start = 0; start < rows * width; start += width) {
    const length = values[start + control]!;
    for (let i = 0; i < width; i++) products[i] = products[i]! + length * values[start + i]!;
  }
  const variance = products[control]!;
  return variance > 0 ? products.map((product) => product / variance) : new Float64Array(width);
}

function residuals({ values, width, rows }: Matrix, control: number, slopes: Float64Array): Matrix {
  const result = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += width) {
    const length = values[start + control]!;
    for (let i = 0; i < width; i++) result[start + i] = values[start + i]! - slopes[i]! * length;
    result[start + control] = 0;
  }
  return { values: result, width, rows };
}
