/**
 * Runs `work` over all items, `width` at a time, and keeps their order. Where it fails no more is begun, and what was
 * begun ends before that is told.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length);
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const index = next++;
      const item = items[index];
      if (item !== undefined) results[index] = await work(item, index);
    }
  };
  const untilFailure = () =>
    lane().catch((error: unknown) => {
      next = items.length;
      throw error;
    });
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(width, items.length) }, untilFailure));
  const failed = lanes.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return results;
}
