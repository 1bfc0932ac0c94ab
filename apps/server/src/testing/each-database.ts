import { type TestContext, test } from 'node:test';
import { type DatabaseKind, databaseKinds, databaseMissing } from '../platform/db/test-database.ts';

/**
 * One test on each kind of database; where something isn't there, the skip says what.
 * @param missing why tests of this file must be skipped whatever the database, or false
 */
export function eachDatabase(missing: string | false = false) {
  return async (
    name: string,
    check: (t: TestContext, kind: DatabaseKind) => Promise<void>,
  ): Promise<void> => {
    for (const kind of databaseKinds) {
      test(`${name} (${kind})`, { skip: missing || (await databaseMissing(kind)) }, (t) => check(t, kind));
    }
  };
}
