/**
 * Groups of things that are alike: agglomerative clustering with average linkage (Sokal and Michener 1958, UPGMA), cut
 * where two groups would be less alike than `least` on average. Found by following chains of nearest neighbours, which
 * gives the same tree as joining the nearest pair each time (Murtagh 1983, "A survey of recent advances in hierarchical
 * clustering algorithms"), in time and room that grow with the square of the number.
 * @param likeness a symmetric matrix: how alike two things are, larger is nearer
 * @returns the indices of each group in rising order, the largest group first
 */
export function averageLinkage(likeness: readonly ArrayLike<number>[], least: number): number[][] {
  const rows = likeness.map((row) => Float64Array.from(row));
  const members = rows.map((_, index) => [index]);
  const open = new Set(rows.keys());
  const done: number[][] = [];
  const chain: number[] = [];
  for (;;) {
    const end = chain.at(-1) ?? open.values().next().value;
    if (end === undefined) break;
    if (chain.length === 0) chain.push(end);
    const before = chain.at(-2);
    const nearest = nearestOf(rows[end]!, end, before, open);
    if (nearest === undefined || rows[end]![nearest]! < least) {
      // Whatever the others become, nothing comes nearer to it than its nearest is now.
      done.push(members[end]!);
      open.delete(end);
      chain.pop();
    } else if (nearest === before) {
      chain.length -= 2;
      join(rows, members, open, [nearest, end]);
    } else {
      chain.push(nearest);
    }
  }
  return done
    .map((group) => group.sort((a, b) => a - b))
    .sort((a, b) => b.length - a.length || a[0]! - b[0]!);
}

/** The open group nearest to another; of equals the one that the chain came from, else it would never end. */
function nearestOf(
  row: Float64Array,
  self: number,
  before: number | undefined,
  open: ReadonlySet<number>,
): number | undefined {
  let nearest = before;
  for (const other of open) {
    if (other !== self && (nearest === undefined || row[other]! > row[nearest]!)) nearest = other;
  }
  return nearest;
}

/** The first group takes up the second; how alike it is to others is the mean over all pairs. */
function join(
  rows: readonly Float64Array[],
  members: number[][],
  open: Set<number>,
  [into, from]: readonly [number, number],
): void {
  const [a, b] = [members[into]!.length, members[from]!.length];
  open.delete(from);
  for (const other of open) {
    const mean = (a * rows[into]![other]! + b * rows[from]![other]!) / (a + b);
    rows[into]![other] = mean;
    rows[other]![into] = mean;
  }
  members[into] = members[into]!.concat(members[from]!);
}

/** Vectors of one length each, less the mean of all. */
export function centred(vectors: readonly ArrayLike<number>[]): Float64Array[] {
  const unit = vectors.map(unitOf);
  const mean = new Float64Array(unit[0]?.length ?? 0);
  for (const vector of unit) {
    vector.forEach((value, axis) => {
      mean[axis]! += value / unit.length;
    });
  }
  return unit.map((vector) => vector.map((value, axis) => value - mean[axis]!));
}

function unitOf(vector: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(vector);
  const length = Math.hypot(...values);
  return length === 0 ? values : values.map((value) => value / length);
}

/** How alike vectors are, each with each: the cosine of their angle; 0 beside a vector of length 0. */
export function cosines(vectors: readonly ArrayLike<number>[]): Float64Array[] {
  const unit = vectors.map(unitOf);
  const rows = unit.map(() => new Float64Array(unit.length));
  for (const [i, a] of unit.entries()) {
    for (let j = i; j < unit.length; j++) {
      const b = unit[j]!;
      let dot = 0;
      for (let k = 0; k < a.length; k++) dot += a[k]! * b[k]!;
      rows[i]![j] = dot;
      rows[j]![i] = dot;
    }
  }
  return rows;
}
