import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { AttuneApiError, createClient } from '@attune/sdk';
import { databases } from './harness/databases.ts';
import { type ServerProcess, startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

/** The embedded database runs in the process that is killed. */
const kills = { PGlite: 20, PostgreSQL: 10 };
const CLIENTS = 8;
const QUESTION = 'Which way to the harbour?';

interface Acknowledged {
  answers: Set<string>;
  /** Feedback id by response id. */
  feedback: Map<string, string>;
}

async function askAndRate(server: ServerProcess, acknowledged: Acknowledged): Promise<void> {
  const body = { model: 'recorded', messages: [{ role: 'user' as const, content: QUESTION }] };
  const { attune } = await server.client.chatCompletions({ body });
  acknowledged.answers.add(attune.response_id);
  const browser = createClient({ url: server.url, apiKey: attune.feedback_token });
  const given = await browser.giveFeedback({ body: { response_id: attune.response_id, rating: 4 } });
  acknowledged.feedback.set(attune.response_id, given.id);
}

/** Asks and rates until the server is gone. Only the connection may fail: any other error fails the test. */
async function loadUntilGone(server: ServerProcess, acknowledged: Acknowledged): Promise<void> {
  for (;;) {
    try {
      await askAndRate(server, acknowledged);
    } catch (error) {
      if (error instanceof AttuneApiError && error.code !== 'unreachable') throw error;
      return;
    }
  }
}

/** Waits for writes, not for time: how many a loaded machine makes in a second is anybody's guess. */
async function untilAcknowledged({ feedback }: Acknowledged, count: number): Promise<void> {
  while (feedback.size < count) await sleep(5);
}

async function storedFeedback(server: ServerProcess): Promise<Map<string, string[]>> {
  const stored = new Map<string, string[]>();
  for (let cursor: string | undefined; ; ) {
    const query = cursor === undefined ? { limit: 200 } : { limit: 200, cursor };
    const page = await server.client.listFeedback({ query });
    for (const { id, response_id } of page.items) {
      stored.set(response_id ?? '', [...(stored.get(response_id ?? '') ?? []), id]);
    }
    if (page.next_cursor === null) return stored;
    cursor = page.next_cursor;
  }
}

async function storedAnswers(server: ServerProcess): Promise<Map<string, number>> {
  const stored = new Map<string, number>();
  for (let cursor: string | undefined; ; ) {
    const query = cursor === undefined ? { limit: 200 } : { limit: 200, cursor };
    const page = await server.client.listAnswers({ query });
    for (const { response_id, status } of page.items) {
      assert.notEqual(status, 'open', 'start-up closes what a crash left open');
      stored.set(response_id, (stored.get(response_id) ?? 0) + 1);
    }
    if (page.next_cursor === null) return stored;
    cursor = page.next_cursor;
  }
}

for (const database of databases) {
  const count = kills[database.name];
  test(`${count} × kill -9 under load on ${database.name} lose nothing that was acknowledged`, async (t) => {
    const prepared = await database.prepare();
    if ('missing' in prepared) return t.skip(prepared.missing);
    const folder = await tempFolder();
    const settings = {
      ...prepared.settings,
      ATTUNE_FEEDBACK_PER_MINUTE: '100000',
      ATTUNE_LOG_LEVEL: 'silent',
    };
    const acknowledged: Acknowledged = { answers: new Set(), feedback: new Map() };
    for (let round = 0; round < count; round += 1) {
      const server = await startProcess(folder, settings);
      const answers = [{ text: 'Go north.' }, { text: 'Follow the gulls to the water.' }];
      await server.client.addRecordedAnswers({ body: { items: [{ query: QUESTION, answers }] } });
      const load = Array.from({ length: CLIENTS }, () => loadUntilGone(server, acknowledged));
      await untilAcknowledged(acknowledged, acknowledged.feedback.size + 3 + (round % 5));
      await sleep((round * 37) % 100);
      await server.kill();
      await Promise.all(load);
    }

    const server = await startProcess(folder, settings);
    t.after(() => server.stop());
    assert.ok(acknowledged.feedback.size > count, `only ${acknowledged.feedback.size} were acknowledged`);
    const answers = await storedAnswers(server);
    for (const id of acknowledged.answers) assert.equal(answers.get(id), 1, `answer ${id}`);
    const feedback = await storedFeedback(server);
    for (const [response, id] of acknowledged.feedback) assert.deepEqual(feedback.get(response), [id]);
    t.diagnostic(
      `${acknowledged.answers.size} answers and ${acknowledged.feedback.size} feedbacks, all there once`,
    );
  });
}
