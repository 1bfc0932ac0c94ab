/** @throws RangeError when two columns that belong together differ in length */
export function assertSameLength(a: ArrayLike<unknown>, b: ArrayLike<unknown>): void {
  if (a.length !== b.length)
    throw new RangeError(`columns of different lengths: ${a.length} and ${b.length}`);
}
