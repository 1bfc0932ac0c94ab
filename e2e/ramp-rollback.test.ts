import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ramp } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import { deployRewardModel } from './harness/reward-model.ts';
import { replicas } from './harness/two-replicas.ts';

const QUESTION = 'Which way to the harbour?';
/** All traffic is back on every replica within this time, as promised. */
const BACK_WITHIN_MS = 5000;
/** Long enough for people to dislike a model on a busy machine. */
const GIVE_UP_MS = 180_000;

interface Seen {
  readonly user: string;
  readonly model: string | null;
  readonly askedAt: number;
}

/** Asks as one person after the other until told to stop; whoever meets the disliked model says so. */
class Load {
  readonly failures: unknown[] = [];
  readonly seen: Seen[] = [];
  #running = true;
  readonly #done: Promise<void>;

  constructor(client: AttuneClient, disliked: string, seed: number) {
    this.#done = this.#run(client, disliked, seed);
  }

  async #run(client: AttuneClient, disliked: string, seed: number): Promise<void> {
    const messages = [{ role: 'user' as const, content: QUESTION }];
    for (let turn = seed; this.#running; turn++) {
      const user = `person ${(turn * 7) % 240}`;
      const askedAt = Date.now();
      try {
        const { attune } = await client.chatCompletions({ body: { model: 'recorded', user, messages } });
        this.seen.push({ user, model: attune.reward_model, askedAt });
        const rating = attune.reward_model === disliked ? 1 + (turn % 2) : 4 + (turn % 2);
        await client.giveFeedback({ body: { response_id: attune.response_id, user_id: user, rating } });
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

test('a guard takes all traffic back on two replicas under load: nothing fails, people keep their model, it is told', async (t) => {
  const both = await replicas(t, QUESTION, { ATTUNE_FEEDBACK_PER_MINUTE: '100000' });
  if ('missing' in both) return t.skip(both.missing);
  const { one, two } = both;
  const first = await deployRewardModel(one.client, 'first', 30);
  const job = await two.client.createJob({ body: { dataset: 'first-data', model_name: 'second' } });
  for await (const _ of two.client.watchJob({ params: { id: job.id } }));
  const { resulting_model_id: second } = await one.client.getJob({ params: { id: job.id } });
  assert.ok(second !== null);
  const newest = async (): Promise<Ramp> => {
    const [ramp] = (await two.client.listRamps({ query: { limit: 1 } })).items;
    return ramp ?? assert.fail('no ramp');
  };

  const steps = [
    { share: 0.5, hold_seconds: 3600, minimum_samples: 10_000 },
    { share: 1, hold_seconds: 0, minimum_samples: 0 },
  ];
  await one.client.deployModel({ params: { id: second }, body: { steps } });
  await sleep(BACK_WITHIN_MS);
  const loads = [one, two, one, two].map(({ client }, index) => new Load(client, second, index * 61));
  try {
    const until = Date.now() + GIVE_UP_MS;
    while ((await newest()).state === 'ramping') {
      assert.ok(Date.now() < until, 'no guard tripped');
      await sleep(100);
    }
    await sleep(BACK_WITHIN_MS + 2000);
  } finally {
    await Promise.all(loads.map((load) => load.stop()));
  }

  const ramp = await newest();
  const cause = ramp.history.at(-1)?.evidence?.guards.find(({ state }) => state === 'tripped');
  assert.deepEqual([ramp.state, ramp.model_id, cause?.metric], ['rolled_back', second, 'rating']);
  assert.match(ramp.reason ?? '', /^rating 1\.\d+ against 4\.\d+/);
  const decided = Date.parse(ramp.ended_at ?? '');
  const seen = loads.flatMap((load) => load.seen);
  const late = seen.filter(({ model, askedAt }) => model === second && askedAt > decided);
  const longest = Math.max(0, ...late.map(({ askedAt }) => askedAt - decided));
  t.diagnostic(
    `${seen.length} answers; the last one by the new model was asked for ${longest} ms after the decision`,
  );
  assert.ok(longest < BACK_WITHIN_MS, `${longest} ms`);
  assert.deepEqual(
    loads.flatMap(({ failures }) => failures),
    [],
  );
  assert.ok(loads.every((load) => load.seen.some(({ askedAt }) => askedAt > decided + BACK_WITHIN_MS)));

  const before = Map.groupBy(
    seen.filter(({ askedAt }) => askedAt < decided - 1000),
    ({ user }) => user,
  );
  const torn = [...before].filter(([, all]) => new Set(all.map(({ model }) => model)).size > 1);
  assert.deepEqual(torn, [], 'everybody met one model until the rollback, whichever replica answered');
  // A hundred people at the decision; fewer a second before.
  assert.ok(before.size > 20, `${before.size} people`);

  const { items: audited } = await one.client.listAudit({ query: { limit: 5 } });
  const entry = audited.find(({ action }) => action === 'model.rolled_back');
  assert.deepEqual([entry?.actor, entry?.subject], ['system', `model:${second}`]);
  const { items: alerts } = await one.client.listAlerts({ query: { limit: 50 } });
  const alert = alerts.find(({ kind }) => kind === 'ramp_rolled_back');
  assert.equal(alert?.reward_model, second);
  assert.ok(alert?.message.includes(ramp.reason ?? 'no reason') && alert.message.includes(first));
});
