/** Does `work` and adds the milliseconds it took to `taken`. */
export async function timed<Result>(taken: number[], work: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  const result = await work();
  taken.push(performance.now() - started);
  return result;
}
