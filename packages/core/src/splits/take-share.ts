/** Something with a number of rows. */
interface Sized {
  rows: readonly unknown[];
}

/** Groups that were taken, and the others. */
export interface Taken<G> {
  taken: G[];
  rest: G[];
}

/** Number of rows in all groups. */
export function sizeOf(groups: readonly Sized[]): number {
  return groups.reduce((sum, { rows }) => sum + rows.length, 0);
}

/**
 * Takes groups in order until they hold about `target` rows: a group is taken while that brings the number nearer to
 * the target. A group that does not fit is passed over, so that one large group does not end the taking.
 */
export function takeShare<G extends Sized>(groups: readonly G[], target: number): Taken<G> {
  const taken: G[] = [];
  const rest: G[] = [];
  let size = 0;
  for (const group of groups) {
    const nearer = Math.abs(size + group.rows.length - target) < Math.abs(size - target);
    (nearer ? taken : rest).push(group);
    if (nearer) size += group.rows.length;
  }
  return { taken, rest };
}

/** Takes the leading groups whose rows come nearest to `target`; one at least, and not all where there are two. */
export function takeLeading<G extends Sized>(groups: readonly G[], target: number): Taken<G> {
  let size = 0;
  let count = 0;
  for (const { rows } of groups) {
    if (count > 0 && Math.abs(size + rows.length - target) >= Math.abs(size - target)) break;
    size += rows.length;
    count++;
  }
  if (count === groups.length && count > 1) count--;
  return { taken: groups.slice(0, count), rest: groups.slice(count) };
}
