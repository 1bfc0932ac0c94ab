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
      test(`${name} (${kind})`, { skip: missing }, async (t) => {
        // Asked within the test: were this awaited before, a file whose first tests are filtered out would end, and
        // its hook close the databases, before the others are known.
        const why = await databaseMissing(kind);
        if (why !== false) return t.skip(why);
        await check(t, kind);
      });
    }
  };
}
