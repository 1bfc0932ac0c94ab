import { describe } from 'node:test';
import { databaseKinds, databaseMissing } from '../../db/test-database.ts';
import type { Route } from '../route.ts';
import { openTestApp, type TestApp } from './open-test-app.ts';

/** Runs the same tests against an app on each database; one that is not there is skipped with the reason. */
export async function onEachDatabase(
  title: string,
  routes: readonly Route[],
  tests: (app: TestApp) => void,
): Promise<void> {
  // All are opened before the first test is declared: the runner closes them when no test is left that it knows of.
  const apps = [];
  for (const kind of databaseKinds) {
    const skip = await databaseMissing(kind);
    apps.push({ kind, skip, app: skip === false ? await openTestApp(kind, routes) : null });
  }
  for (const { kind, skip, app } of apps) {
    describe(`${title}, on ${kind}`, { skip }, () => {
      if (app !== null) tests(app);
    });
  }
}
