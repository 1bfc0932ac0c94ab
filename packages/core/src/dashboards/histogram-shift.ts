import { shiftOfCounts } from '../alerts/score-shift.ts';
import type { Estimate } from '../interval.ts';

const BINS = 10;

/**
 * How far a histogram has moved from a reference on the same scale: {@link shiftOfCounts} over about ten bins, neighbours
 * joined until each holds as much of the reference as the others. n counts the sample.
 */
export function histogramShift(reference: readonly number[], sample: readonly number[]): Estimate {
  const all = reference.reduce((sum, count) => sum + count, 0);
  const before: number[] = [];
  const now: number[] = [];
  let [held, seen, passed] = [0, 0, 0];
  reference.forEach((count, place) => {
    held += count;
    seen += sample[place] ?? 0;
    passed += count;
    if (passed >= ((before.length + 1) * all) / BINS && passed < all) {
      before.push(held);
      now.push(seen);
      [held, seen] = [0, 0];
    }
  });
  return shiftOfCounts([...before, held], [...now, seen]);
}
