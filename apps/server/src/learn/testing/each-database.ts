import { test } from 'node:test';
import { type DatabaseKind, databaseKinds, databaseMissing } from '../../platform/db/test-database.ts';
import { trainingMissing } from './demo-snapshot.ts';

/** One test on each kind of database; where something isn't there, the skip says what. */
export async function testOnEachDatabase(
  name: string,
  check: (kind: DatabaseKind) => Promise<void>,
): Promise<void> {
  for (const kind of databaseKinds) {
    test(`${name} (${kind})`, { skip: trainingMissing || (await databaseMissing(kind)) }, () => check(kind));
  }
}
