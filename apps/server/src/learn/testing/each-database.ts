import type { DatabaseKind } from '../../platform/db/test-database.ts';
import { eachDatabase } from '../../testing/each-database.ts';
import { trainingMissing } from './demo-snapshot.ts';

const onEach = eachDatabase(trainingMissing);

/** One test on each kind of database, for tests that train. */
export function testOnEachDatabase(
  name: string,
  check: (kind: DatabaseKind) => Promise<void>,
): Promise<void> {
  return onEach(name, (_, kind) => check(kind));
}
