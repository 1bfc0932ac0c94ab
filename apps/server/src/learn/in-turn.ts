import { AttuneError } from '@attune/contracts';

/**
 * Runs pieces of work one after the other; more than `mostWaiting` at once are refused with `overloaded`, because
 * each holds its rows in memory.
 */
export function inTurn(mostWaiting: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return async (work) => {
    if (waiting >= mostWaiting) throw new AttuneError('overloaded', { retryAfterSeconds: 10 });
    waiting++;
    const mine = last.then(work);
    // The next one follows however this one ends; whoever asked for this one gets its error below.
    last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      waiting--;
    }
  };
}
