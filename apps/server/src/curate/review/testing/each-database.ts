import { test } from 'node:test';
import { databaseKinds, databaseMissing } from '../../../platform/db/test-database.ts';
import { openTestReview, type TestReview } from './open-test-review.ts';

/** One test on each kind of database; where one isn't there, the skip says why. */
export async function testOnEachDatabase(
  name: string,
  check: (queue: TestReview) => Promise<void>,
): Promise<void> {
  for (const kind of databaseKinds) {
    test(`${name} (${kind})`, async (t) => {
      // Asked within the test: awaited before, a file whose first tests are filtered out would end too early.
      const why = await databaseMissing(kind);
      if (why !== false) return t.skip(why);
      await check(await openTestReview(kind));
    });
  }
}
