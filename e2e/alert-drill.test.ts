import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertKind } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import pg from 'pg';
import { attune } from './harness/command.ts';
import { databases } from './harness/databases.ts';
import { deployRewardModel } from './harness/reward-model.ts';
import { startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

const postgres = databases.find(({ name }) => name === 'PostgreSQL');

const kinds: AlertKind[] = [
  'latency_p95',
  'error_rate',
  'feedback_rate',
  'average_rating',
  'negative_spike',
  'reward_shift',
  'accuracy_fall',
  'over_optimisation',
  'safety_report',
  'budget',
  'job_lost',
  'disk',
];

/** An id of an answer that was given at a time, as the server makes them (UUID version 7). */
const idAt = `overlay(gen_random_uuid()::text placing
  lpad(to_hex((extract(epoch from at) * 1000)::bigint >> 16), 8, '0') || '-' ||
  lpad(to_hex((extract(epoch from at) * 1000)::bigint & 65535), 4, '0') || '-7' from 1 for 15)::uuid`;

/** Answers of a model that were rated: who they are, when, and how. */
const rated = (from: number, to: number, n: number, reward: string, stars: string) => `
  WITH given AS (
    SELECT k, now() - (${from} + (${to} - ${from}) * (k::float8 / ${n})) * interval '1 day' AS at
    FROM generate_series(1, ${n}) AS k
  ), told AS (
    SELECT k, at, ${idAt} AS id, ${stars} AS stars FROM given
  ), logged AS (
    INSERT INTO conversation_logs (response_id, organization, "timestamp", query, context, selected_response,
      reward_score, policy, reward_model, selection, status, timings)
    SELECT id, 'default', at, 'q', '[]', 'a', ${reward}, 'p', $1, 'best', 'delivered', '{"total_ms": 300}' FROM told
  )
  INSERT INTO rlhf_feedback (response_id, person, query, response, rating_overall, reward_model, source, created_at)
  SELECT id, 'user:' || k || '/' || id, 'q', 'a', stars, $1, 'user', at FROM told`;

/** Answers that nobody rated. */
const unrated = (minutes: string, n: number, reward: string, milliseconds: string, status: string) => `
  WITH given AS (SELECT k, now() - (${minutes}) * interval '1 minute' AS at FROM generate_series(1, ${n}) AS k)
  INSERT INTO conversation_logs (response_id, organization, "timestamp", query, context, selected_response,
    reward_score, policy, reward_model, selection, status, timings)
  SELECT ${idAt}, 'default', at, 'q', '[]', 'a', ${reward}, 'p', $1, 'best', ${status},
    jsonb_build_object('total_ms', ${milliseconds}) FROM given`;

const wave = '(0.5 + 0.2 * sin(k * 7))';

/** Rows as weeks of use would leave them, with every trouble in them. */
async function makeTrouble(database: pg.Client, model: string): Promise<void> {
  const stars = 'CASE WHEN k % 4 = 0 THEN 1 ELSE 5 END';
  const run = (statement: string) => database.query(statement, [model]);
  // Rewards knew what people would say, then they did not, and now they are high whatever people say.
  await run(rated(15, 70, 900, '(CASE WHEN k % 4 = 0 THEN 0.3 ELSE 0.6 END + 0.05 * sin(k * 3))', stars));
  await run(rated(8, 14, 300, wave, stars));
  await run(rated(0.2, 7, 400, '(0.9 + 0.05 * sin(k * 7))', stars));
  // The last of them are unhappy.
  await run(rated(0.01, 0.1, 60, '(0.9 + 0.05 * sin(k * 7))', '1 + k % 2'));
  await run(unrated('1500 + k * 30', 1200, wave, '300', "'delivered'"));
  await run(unrated('70 + k', 400, '(0.9 + 0.05 * sin(k * 7))', '300', "'delivered'"));
  await run(
    unrated('1 + k * 0.1', 400, '0.9', '4000', "CASE WHEN k % 10 = 0 THEN 'failed' ELSE 'delivered' END"),
  );
  await database.query(`
    INSERT INTO daily_answers (organization, day, answers)
      SELECT 'default', current_date - k, 1000 + 10 * (k % 3) FROM generate_series(1, 35) AS k
      ON CONFLICT (organization, day) DO UPDATE SET answers = excluded.answers`);
  await database.query(`
    INSERT INTO daily_feedback (organization, day, reached)
      SELECT 'default', current_date - k, CASE WHEN k <= 7 THEN 80 ELSE 200 END + k % 4 FROM generate_series(1, 35) AS k
      ON CONFLICT (organization, day) DO UPDATE SET reached = excluded.reached`);
  // The reward model's run becomes one that cost nearly all of the budget, and a second one that was lost.
  await database.query(`UPDATE fine_tuning_jobs SET provider = 'custom', actual_cost = 95`);
  await database.query(`
    INSERT INTO fine_tuning_jobs SELECT (jsonb_populate_record(job, jsonb_build_object('id', gen_random_uuid(),
      'status', 'lost', 'actual_cost', 0, 'completed_at', now(), 'error_message', 'It went silent.'))).*
    FROM fine_tuning_jobs AS job LIMIT 1`);
}

/** A webhook that keeps what it is told. */
async function listen(
  t: TestContext,
): Promise<{ url: string; told: { type: string; alert: { kind: string } }[] }> {
  const told: { type: string; alert: { kind: string } }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    told.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, told };
}

async function report(client: AttuneClient): Promise<void> {
  const query = 'How long is it?';
  await client.addRecordedAnswers({ body: { items: [{ query, answers: [{ text: 'Two metres.' }] }] } });
  const messages = [{ role: 'user' as const, content: query }];
  const { attune: answer } = await client.chatCompletions({ body: { model: 'recorded', messages } });
  await client.giveFeedback({ body: { response_id: answer.response_id, rating: 1, safety_issue: true } });
}

test('alert drill: every kind of trouble fires its alert, and each is told once', {
  timeout: 300_000,
}, async (t) => {
  const prepared = (await postgres?.prepare()) ?? { missing: 'no PostgreSQL' };
  if ('missing' in prepared) return t.skip(prepared.missing);
  const folder = await tempFolder();
  const settings = { ...prepared.settings, ATTUNE_LOG_LEVEL: 'error', ATTUNE_ALERT_WEBHOOK_PRIVATE: 'true' };
  const first = await startProcess(folder, settings);
  t.after(() => first.stop());
  const { url, told } = await listen(t);
  await first.client.createAlertChannel({ body: { kind: 'webhook', name: 'Drill', url } });
  const model = await deployRewardModel(first.client, 'reward', 40);
  assert.deepEqual((await first.client.listAlerts({ query: {} })).items, [], 'nothing fires without trouble');
  await first.client.setBudget({ body: { limit: 100 } });
  // No test can fill the disk: the bound comes to it.
  await first.client.updateAlertRule({ params: { kind: 'disk' }, body: { threshold: 0.999 } });
  await first.stop();

  const database = new pg.Client({ connectionString: prepared.settings.DATABASE_URL });
  await database.connect();
  await makeTrouble(database, model);
  await database.end();

  const second = await startProcess(folder, settings);
  t.after(() => second.stop());
  await report(second.client);
  const firing = async () =>
    (await second.client.listAlerts({ query: { state: 'firing', limit: 200 } })).items;
  const missing = async () => {
    const there = new Set((await firing()).map(({ kind }) => kind));
    return kinds.filter((kind) => !there.has(kind));
  };
  // A start looks at everything at once.
  for (let wait = 0; wait < 120 && (await missing()).length > 0; wait++) await sleep(500);
  assert.deepEqual(await missing(), []);
  for (const alert of await firing()) {
    const figured = !['safety_report', 'job_lost'].includes(alert.kind);
    assert.equal(alert.evidence.length > 0, figured, alert.kind);
  }
  for (let wait = 0; wait < 60 && told.length < kinds.length; wait++) await sleep(500);
  assert.deepEqual(told.map(({ alert }) => alert.kind).sort(), [...kinds].sort());
  const { stdout } = await attune(['alerts', '--data', folder], settings);
  for (const kind of kinds) assert.match(stdout, new RegExp(`\\b${kind}\\b`));
});
