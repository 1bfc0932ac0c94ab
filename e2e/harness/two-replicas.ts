import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { databases } from './databases.ts';
import { type ServerProcess, startProcess } from './server-process.ts';
import { tempFolder } from './temp-folder.ts';

/** Two servers that start at once on one empty PostgreSQL and have two answers to a question, or why they cannot. */
export async function replicas(
  t: TestContext,
  question: string,
  more: Record<string, string> = {},
): Promise<{ one: ServerProcess; two: ServerProcess } | { missing: string }> {
  const servers: ServerProcess[] = [];
  // Registered first, so that one that started goes also when the other did not.
  t.after(() => Promise.all(servers.map((server) => server.stop())));
  const postgres = databases.find(({ name }) => name === 'PostgreSQL');
  const prepared = await postgres?.prepare();
  if (prepared === undefined || 'missing' in prepared)
    return { missing: prepared?.missing ?? 'no PostgreSQL' };
  const settings = { ...prepared.settings, ...more };
  // Models and exports are files: replicas share the folder as they share the database.
  const folder = await tempFolder();
  const started = await Promise.allSettled(
    [1, 2].map(async () => {
      const server = await startProcess(folder, settings);
      servers.push(server);
      return server;
    }),
  );
  const [one, two] = started.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
  assert.ok(one !== undefined && two !== undefined);
  await one.client.addRecordedAnswers({
    body: { items: [{ query: question, answers: [{ text: 'Go north.' }, { text: 'Follow the gulls.' }] }] },
  });
  return { one, two };
}
