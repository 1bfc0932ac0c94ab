import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AttuneClient, createClient } from '@attune/sdk';
import { newId } from '../apps/server/src/platform/ids.ts';
import { findRedis } from './harness/redis.ts';
import { deployRewardModel } from './harness/reward-model.ts';
import type { ServerProcess } from './harness/server-process.ts';
import { replicas } from './harness/two-replicas.ts';

const QUESTION = 'Which way to the harbour?';
/** Both replicas follow a deployment or a rollback within this time, as promised. */
const FOLLOWS_WITHIN_MS = 5000;

const question = { model: 'recorded', messages: [{ role: 'user' as const, content: QUESTION }] };

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => null,
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );
}

/** Asks without a pause until told to stop, and keeps which model scored the answers and what went wrong. */
class Load {
  readonly failures: unknown[] = [];
  answers = 0;
  latest: string | null = null;
  #running = true;
  readonly #done: Promise<void>;

  constructor(client: AttuneClient) {
    this.#done = this.#run(client);
  }

  async #run(client: AttuneClient): Promise<void> {
    while (this.#running) {
      try {
        const { attune } = await client.chatCompletions({ body: question });
        this.latest = attune.reward_model;
        this.answers += 1;
      } catch (error) {
        this.failures.push(error);
        await sleep(50);
      }
    }
  }

  async stop(): Promise<void> {
    this.#running = false;
    await this.#done;
  }
}

/** Milliseconds until every one of them was answered by the model. */
async function untilAll(loads: readonly Load[], model: string): Promise<number> {
  const started = performance.now();
  while (loads.some(({ latest }) => latest !== model)) {
    const waited = performance.now() - started;
    assert.ok(waited < FOLLOWS_WITHIN_MS, `${loads.map(({ latest }) => latest)} instead of ${model}`);
    await sleep(20);
  }
  return Math.round(performance.now() - started);
}

test('two replicas are one Attune: keys, tokens, people, a model and its way back', async (t) => {
  const both = await replicas(t, QUESTION);
  if ('missing' in both) return t.skip(both.missing);
  const { one, two } = both;

  await t.test('a key made on one opens the other, until it is revoked', async () => {
    const { key, id } = await one.client.createKey({ body: { name: 'app', role: 'viewer' } });
    const elsewhere = createClient({ url: two.url, apiKey: key });
    assert.equal((await elsewhere.whoAmI()).role, 'viewer');
    await one.client.revokeKey({ params: { id } });
    // The other may remember it for a few seconds.
    while ((await codeOf(elsewhere.whoAmI())) === null) await sleep(100);
    assert.equal(await codeOf(elsewhere.whoAmI()), 'unauthenticated');
  });

  await t.test('there is one admin, whose link works once on whichever replica', async () => {
    const { items } = await two.client.listMembers({ query: {} });
    assert.equal(items.length, 1);
    const link = await one.client.memberLink({ params: { id: items[0]?.id ?? '' } });
    const token = link.sign_in_url.split('#')[1] ?? '';
    const outcomes = await Promise.all(
      [one, two].map(({ client }) => codeOf(client.signIn({ body: { token } }))),
    );
    assert.deepEqual(outcomes.sort(), [null, 'sign_in_link_invalid'].sort());
  });

  await t.test('an answer of one takes feedback on the other, at once', async () => {
    const { attune } = await one.client.chatCompletions({ body: question });
    const browser = createClient({ url: two.url, apiKey: attune.feedback_token });
    const given = await browser.giveFeedback({ body: { response_id: attune.response_id, rating: 5 } });
    const { items } = await one.client.listFeedback({ query: { response_id: attune.response_id } });
    assert.deepEqual(
      items.map(({ id }) => id),
      [given.id],
    );
  });

  await t.test('a write that is sent to both under one key is done once', async () => {
    const idempotencyKey = newId();
    const create = ({ client }: ServerProcess) =>
      client.createDataset({ body: { name: 'once' } }, { idempotencyKey });
    // One key on both replicas is one caller.
    const { key } = await one.client.createKey({ body: { name: 'writer', role: 'curator' } });
    const as = ({ url }: ServerProcess) => ({ ...one, client: createClient({ url, apiKey: key }) });
    const outcomes = await Promise.allSettled([create(as(one)), create(as(two))]);
    assert.ok(outcomes.some(({ status }) => status === 'fulfilled'));
    const again = await create(as(two));
    const { items } = await one.client.listDatasets({ query: {} });
    assert.deepEqual(
      items.map(({ id }) => id),
      [again.id],
    );
  });

  await t.test('a deployment and a rollback reach both under load, and no request fails', async () => {
    const first = await deployRewardModel(one.client, 'first', 30);
    const job = await two.client.createJob({ body: { dataset: 'first-data', model_name: 'second' } });
    for await (const _ of two.client.watchJob({ params: { id: job.id } }));
    const { resulting_model_id: second } = await one.client.getJob({ params: { id: job.id } });
    assert.ok(second !== null);
    const loads = [one, two, one, two].map(({ client }) => new Load(client));
    try {
      const seen = await untilAll(loads, first);
      await one.client.deployModel({ params: { id: second }, body: { full: true } });
      const deployed = await untilAll(loads, second);
      await two.client.rollbackModel({ params: { id: second }, body: { reason: 'a test' } });
      const back = await untilAll(loads, first);
      t.diagnostic(`first seen after ${seen} ms, deployed after ${deployed} ms, back after ${back} ms`);
    } finally {
      await Promise.all(loads.map((load) => load.stop()));
    }
    assert.deepEqual(
      loads.flatMap(({ failures }) => failures),
      [],
    );
    assert.ok(loads.every(({ answers }) => answers > 0));
    t.diagnostic(`${loads.reduce((sum, { answers }) => sum + answers, 0)} answers, none failed`);
  });
});

test('with Redis, replicas count a person’s feedback together', async (t) => {
  const redis = await findRedis();
  if ('missing' in redis) return t.skip(redis.missing);
  const both = await replicas(t, QUESTION, redis.settings);
  if ('missing' in both) return t.skip(both.missing);
  const { one, two } = both;
  const user = `person-${newId()}`;
  const outcomes: unknown[] = [];
  for (let i = 0; i < 12; i += 1) {
    const { attune } = await one.client.chatCompletions({ body: { ...question, user } });
    const server = i % 2 === 0 ? one : two;
    const browser = createClient({ url: server.url, apiKey: attune.feedback_token });
    outcomes.push(
      await codeOf(browser.giveFeedback({ body: { response_id: attune.response_id, rating: 4 } })),
    );
  }
  assert.equal(outcomes.filter((outcome) => outcome === null).length, 10);
  assert.equal(outcomes.filter((outcome) => outcome === 'rate_limited').length, 2);
});
