import { type TestContext, test } from 'node:test';
import { type DatabaseKind, databaseKinds, databaseMissing } from '../../platform/db/test-database.ts';
import { weightsMissing } from './tiny-model.ts';

/** One test on each kind of database; where something isn't there, the skip says what. */
export async function testOnEachDatabase(
  name: string,
  check: (t: TestContext, kind: DatabaseKind) => Promise<void>,
): Promise<void> {
  for (const kind of databaseKinds) {
    test(`${name} (${kind})`, { skip: weightsMissing || (await databaseMissing(kind)) }, (t) =>
      check(t, kind),
    );
  }
}
