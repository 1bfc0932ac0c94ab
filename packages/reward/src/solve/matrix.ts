/** Rows of numbers side by side. */
export interface Matrix {
  /** `rows × width`, row after row. */
  values: Float32Array;
  width: number;
  rows: number;
}

/** A matrix of equally long rows. */
export function matrixOf(rows: readonly ArrayLike<number>[]): Matrix {
  const width = rows[0]?.length ?? 0;
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, index) => {
    values.set(row, index * width);
  });
  return { values, width, rows: rows.length };
}

/** A view of one row. */
export function rowOf({ values, width }: Matrix, row: number): Float32Array {
  return values.subarray(row * width, (row + 1) * width);
}

/** `weights · row + bias` for every row. */
export function project({ values, width, rows }: Matrix, weights: Float64Array, bias: number): Float64Array {
  const scores = new Float64Array(rows);
  for (let row = 0, at = 0; row < rows; row++, at += width) {
    let [s0, s1, s2, s3] = [bias, 0, 0, 0];
    const whole = width & ~3;
    for (let i = 0; i < whole; i += 4) {
      s0 += values[at + i]! * weights[i]!;
      s1 += values[at + i + 1]! * weights[i + 1]!;
      s2 += values[at + i + 2]! * weights[i + 2]!;
      s3 += values[at + i + 3]! * weights[i + 3]!;
    }
    for (let i = whole; i < width; i++) s0 += values[at + i]! * weights[i]!;
    scores[row] = s0 + s1 + (s2 + s3);
  }
  return scores;
}
