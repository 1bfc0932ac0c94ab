import { queryKey } from '../query-key.ts';
import { seededRandom, shuffled } from '../random.ts';
import type { Split, SplitRow } from './split-row.ts';
import { takeLeading, takeShare } from './take-share.ts';

/**
 * Splits so that neither a query nor a person stands on both sides. Where queries and people fall into parts that have
 * nothing in common, whole parts are dealt out and no row is lost. Where they don't (everybody asked something that
 * others asked), people are dealt out, and other people's rows of the validation people's queries are left out.
 * @param share of rows for validation
 * @throws RangeError with fewer than two people
 */
export function byUserSplit<T extends SplitRow>(rows: readonly T[], share: number, seed: number): Split<T> {
  const target = share * rows.length;
  const random = seededRandom(seed);
  const parts = takeShare(shuffled(connectedParts(rows), random), target);
  const validation = parts.taken.flatMap((part) => part.rows);
  if (validation.length >= target / 2 && parts.rest.length > 0) {
    return { train: parts.rest.flatMap((part) => part.rows), validation, left_out: [] };
  }
  return dealtPeople(rows, target, random);
}

function dealtPeople<T extends SplitRow>(rows: readonly T[], target: number, random: () => number): Split<T> {
  const people = [...Map.groupBy(rows, (row) => row.person).values()].map((theirs) => ({ rows: theirs }));
  if (people.length < 2) throw new RangeError('a split by user needs two people or more');
  const { taken, rest } = takeLeading(shuffled(people, random), target);
  const validation = taken.flatMap((person) => person.rows);
  const asked = new Set(validation.map((row) => queryKey(row.query)));
  const others = rest.flatMap((person) => person.rows);
  return {
    train: others.filter((row) => !asked.has(queryKey(row.query))),
    validation,
    left_out: others.filter((row) => asked.has(queryKey(row.query))),
  };
}

/** Rows in parts such that rows of one query, and rows of one person, are in one part (union–find). */
function connectedParts<T extends SplitRow>(rows: readonly T[]): { rows: T[] }[] {
  const parent = new Map<string, string>();
  const root = (node: string): string => {
    let top = node;
    for (let next = parent.get(top); next !== undefined; next = parent.get(top)) top = next;
    // Shorten the way for the next time.
    for (let at = node; at !== top; ) {
      const next = parent.get(at)!;
      parent.set(at, top);
      at = next;
    }
    return top;
  };
  for (const row of rows) {
    const [person, query] = [root(`person ${row.person}`), root(`query ${queryKey(row.query)}`)];
    if (person !== query) parent.set(person, query);
  }
  return [...Map.groupBy(rows, (row) => root(`person ${row.person}`)).values()].map((part) => ({
    rows: part,
  }));
}
