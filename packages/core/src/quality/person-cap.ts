import { seededRandom, shuffled } from '../random.ts';
import type { TrainingFeedback } from '../training-feedback.ts';
import { type CheckedRows, dropWhere } from './dropped.ts';

/** What capping did; unreachable when there are too few people for the cap to hold. */
export interface CappedRows<T> extends CheckedRows<T> {
  unreachable: boolean;
}

/**
 * Drops rows at random so that nobody contributes more than `cap` of what stays: everybody keeps at most m rows, with
 * the largest m for which m ≤ cap · Σ min(rows of a person, m). With too few people for any such m (fewer than 1 / cap)
 * nothing is dropped and the result says so.
 * @param cap largest share of one person, 0 to 1
 * @throws RangeError on a cap outside (0, 1]
 */
export function capPersons<T extends TrainingFeedback>(
  rows: readonly T[],
  cap: number,
  seed: number,
): CappedRows<T> {
  if (!(cap > 0 && cap <= 1)) throw new RangeError(`a cap lies in (0, 1], got ${cap}`);
  const people = [...Map.groupBy(rows, (row) => row.person).values()];
  const most = largestAllowed(
    people.map((theirs) => theirs.length),
    cap,
  );
  if (most === 0) return { kept: [...rows], dropped: [], unreachable: rows.length > 0 };
  const random = seededRandom(seed);
  const surplus = new Set(
    people.filter((theirs) => theirs.length > most).flatMap((theirs) => shuffled(theirs, random).slice(most)),
  );
  return { ...dropWhere(rows, (row) => (surplus.has(row) ? 'person_over_cap' : null)), unreachable: false };
}

/** The largest m ≥ 1 with m ≤ cap · Σ min(count, m), or 0; the condition holds up to it and not beyond. */
function largestAllowed(counts: readonly number[], cap: number): number {
  const holds = (m: number) => m <= cap * counts.reduce((sum, count) => sum + Math.min(count, m), 0) + 1e-9;
  let [low, high] = [0, Math.max(0, ...counts)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
