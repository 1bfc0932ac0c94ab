import { seededRandom, shuffled } from '../random.ts';
import { connectedParts } from './connected-parts.ts';
import { groupKeys, queryGroups } from './query-groups.ts';
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
  const parts = takeShare(shuffled(connectedParts(rows, withPerson), random), target);
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
  const held = new Set(validation);
  const crossing = new Set(
    queryGroups(rows)
      .filter((group) => group.rows.some((row) => held.has(row)))
      .flatMap((group) => group.rows),
  );
  const others = rest.flatMap((person) => person.rows);
  return {
    train: others.filter((row) => !crossing.has(row)),
    validation,
    left_out: others.filter((row) => crossing.has(row)),
  };
}

function withPerson(row: SplitRow): string[] {
  return [`person ${row.person}`, ...groupKeys(row).map((key) => `query ${key}`)];
}
