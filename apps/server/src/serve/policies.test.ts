import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { LivePolicy } from './live-models.ts';
import { askWhole, logged, question, readStream } from './testing/answers-of.ts';
import { openTestRoom, refusal, type TestRoom } from './testing/test-room.ts';
import { fails, says, startUpstream, type TestUpstream } from './testing/test-upstream.ts';

describe('registered policies', () => {
  let room: TestRoom;
  let standard: TestUpstream;
  let fresh: TestUpstream;
  let old: TestUpstream;
  let policy: LivePolicy;
  let incumbent: LivePolicy;
  before(async () => {
    [standard, fresh, old] = [await startUpstream(), await startUpstream(), await startUpstream()];
    room = await openTestRoom('pglite', {
      ATTUNE_UPSTREAM_URL: standard.url,
      ATTUNE_UPSTREAM_RETRIES: '0',
      ATTUNE_CANDIDATES: '1',
    });
    policy = { modelId: 'chat@2.0.0', url: fresh.url, model: 'chat-v2', apiKey: 'sk-fresh' };
    incumbent = { modelId: 'chat@1.0.0', url: old.url, model: 'chat-v1', apiKey: null };
  });
  afterEach(() => {
    room.live.policy = null;
  });
  after(async () => {
    await room.close();
    for (const upstream of [standard, fresh, old]) await upstream.close();
  });

  const ask = (more: object = {}) => askWhole(room, question('Which way?', more));
  const assigned = async (responseId: string) => {
    const row = await room.database.sql
      .selectFrom('conversation_logs')
      .select(['policy', 'assigned_policy', 'degraded', 'status'])
      .where('response_id', '=', responseId)
      .executeTakeFirstOrThrow();
    return [row.policy, row.assigned_policy, row.degraded, row.status];
  };

  test('a visitor is answered by the policy that traffic says, under its own name there', async () => {
    room.live.policy = { policy, incumbent };
    fresh.script(says('From the new one.'));
    const { attune } = await ask();
    assert.equal(attune.response, 'From the new one.');
    assert.deepEqual(
      [fresh.seen[0]?.body.model, fresh.seen[0]?.headers.authorization],
      ['chat-v2', 'Bearer sk-fresh'],
    );
    assert.deepEqual(await assigned(attune.response_id), ['chat@2.0.0', 'chat@2.0.0', null, 'delivered']);
    const several = await ask({ attune: { candidates: 3 } });
    assert.equal((await logged(room, several.attune)).policy, 'chat@2.0.0');
  });

  test('without a registered policy, or asked for by name, the upstream answers', async () => {
    standard.script(says('From the upstream.'));
    const none = await ask();
    assert.deepEqual(await assigned(none.attune.response_id), ['tiny', null, null, 'delivered']);
    room.live.policy = { policy: null, incumbent: null };
    const rest = await ask();
    assert.deepEqual(await assigned(rest.attune.response_id), ['tiny', '', null, 'delivered']);
    room.live.policy = { policy, incumbent };
    const named = await askWhole(room, { ...question('Which way?'), model: 'tiny' });
    assert.deepEqual(await assigned(named.attune.response_id), ['tiny', null, null, 'delivered']);
  });

  test('where a policy fails, the one before it answers; that counts against the policy', async () => {
    const since = new Date();
    room.live.policy = { policy, incumbent };
    fresh.script(fails(500));
    old.script(says('From the old one.'));
    const failed = await ask();
    assert.equal(failed.attune.response, 'From the old one.');
    assert.equal(old.seen[0]?.body.model, 'chat-v1');
    assert.deepEqual(await assigned(failed.attune.response_id), [
      'chat@1.0.0',
      'chat@2.0.0',
      'policy_failed',
      'delivered',
    ]);
    fresh.script(says('Back again.'));
    await ask();
    room.live.policy = { policy: incumbent, incumbent };
    await ask();
    const arms = await room.serve.rampAnswers({
      organization: 'default',
      kind: 'policy',
      treatment: 'chat@2.0.0',
      control: 'chat@1.0.0',
      starts: [since],
      withCost: false,
    });
    const errors = arms.map(({ arm, answers, error_rate }) => [arm, answers, error_rate.total]);
    assert.deepEqual(errors.sort(), [
      ['control', 1, 0],
      ['treatment', 2, 1],
    ]);
  });

  test('before the first policy, the upstream stands in; when both fail, the caller hears of it', async () => {
    room.live.policy = { policy, incumbent: null };
    fresh.script(fails(503));
    standard.script(says('From the upstream.'));
    assert.equal((await ask()).attune.response, 'From the upstream.');
    standard.script(fails(503));
    await refusal(ask(), 'upstream_unavailable');
  });

  test('a policy that does not begin in time has failed', async () => {
    room.live.policy = { policy, incumbent };
    fresh.script(() => undefined);
    old.script(says('From the old one.'));
    const { attune } = await ask({ attune: { latency_budget_ms: 2000 } });
    assert.equal(attune.response, 'From the old one.');
    assert.ok(fresh.seen.length > 0);
  });

  test('a stream comes from the policy, or from what stands in for it', async () => {
    const stream = async () =>
      await readStream(
        await room.call('chatCompletions', { body: question('Which way?', { stream: true }) }),
      );
    room.live.policy = { policy, incumbent };
    fresh.script(says('Left and right.'));
    assert.deepEqual([(await stream()).text, fresh.seen[0]?.body.stream], ['Left and right.', true]);
    fresh.script(fails(500));
    old.script(says('Straight on.'));
    const { events, text, done } = await stream();
    assert.deepEqual([text, done], ['Straight on.', true]);
    const attune = events.findLast((event) => event.attune !== undefined)?.attune;
    assert.deepEqual(attune?.degraded, 'policy_failed');
    assert.deepEqual(await assigned(attune?.response_id ?? ''), [
      'chat@1.0.0',
      'chat@2.0.0',
      'policy_failed',
      'delivered',
    ]);
  });

  test('a policy is tried before it gets traffic', async () => {
    fresh.script(says('OK'));
    await room.serve.tryPolicy(policy);
    assert.equal(fresh.seen[0]?.body.model, 'chat-v2');
    fresh.script(fails(401));
    await assert.rejects(room.serve.tryPolicy(policy));
    fresh.script(says(''));
    await refusal(room.serve.tryPolicy(policy), 'upstream_unavailable');
  });
});
