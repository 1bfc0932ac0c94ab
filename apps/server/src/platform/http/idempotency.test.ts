import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AttuneError, endpoint } from '@attune/contracts';
import { z } from 'zod';
import { onEachDatabase } from '../http/testing/on-each-database.ts';
import { hashSecret } from '../identity/tokens.ts';
import { newId } from '../ids.ts';
import { forgetOldKeys } from './idempotency-store.ts';
import { route } from './route.ts';
import { errorOf } from './testing/open-test-app.ts';

const body = z.object({ text: z.string() });
const common = { room: 'serve', summary: '', method: 'post', role: 'viewer', response: z.unknown() } as const;
const count = endpoint({ ...common, id: 'count', path: '/api/count', body, status: 201, errors: [] });
const shy = endpoint({ ...common, id: 'shy', path: '/api/shy', body, secretAnswer: true, errors: [] });

let runs = 0;
let fails = 0;
let held: Promise<void> = Promise.resolve();

const routes = [
  route(count, async ({ body: { text } }) => {
    runs += 1;
    await held;
    if (fails > 0) {
      fails -= 1;
      throw new AttuneError('model_not_found');
    }
    return { run: runs, text };
  }),
  route(shy, async () => ({ secret: newId() })),
];

await onEachDatabase('a write with an Idempotency-Key', routes, (app) => {
  const admin = `Bearer ${app.identity.localKey}`;
  const send = (key: string, text = 'a', path = '/api/count', authorization = admin) =>
    app.call('POST', path, { text }, { authorization, 'idempotency-key': key });

  test('is done once and answered alike', async () => {
    const key = newId();
    const first = await send(key);
    const again = await send(key);
    assert.equal(first.status, 201);
    assert.equal(again.status, 201);
    assert.deepEqual(again.body, first.body);
    assert.equal(first.headers.get('idempotent-replay'), null);
    assert.equal(again.headers.get('idempotent-replay'), 'true');
  });

  test('is refused when the key was used for another body or address', async () => {
    const key = newId();
    await send(key);
    for (const other of [await send(key, 'b'), await send(key, 'a', '/api/count?x=1')]) {
      assert.equal(other.status, 409);
      assert.equal(errorOf(other).code, 'idempotency_conflict');
      assert.equal(errorOf(other).param, 'idempotency-key');
    }
  });

  test('has keys of its own for each caller', async () => {
    const made = await app.call('POST', '/api/keys', { name: 'other' });
    const key = newId();
    const mine = await send(key);
    const theirs = await send(key, 'b', '/api/count', `Bearer ${made.body.key}`);
    assert.equal(theirs.status, 201);
    assert.notDeepEqual(theirs.body, mine.body);
  });

  test('can be tried again after a failure', async () => {
    const key = newId();
    fails = 1;
    assert.equal((await send(key)).status, 404);
    assert.equal((await send(key)).status, 201);
  });

  test('runs once when sent many times at once; the others are told to come back', async () => {
    const key = newId();
    const { promise, resolve } = Promise.withResolvers<void>();
    held = promise;
    const before = runs;
    let refused = 0;
    const all = Array.from({ length: 8 }, async () => {
      const answer = await send(key);
      refused += answer.status === 503 ? 1 : 0;
      if (refused === 7) resolve();
      return answer;
    });
    const answers = await Promise.all(all);
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    const waits = answers.filter(({ status }) => status === 503);
    assert.equal(waits.length, 7);
    assert.ok(waits.every(({ headers }) => Number(headers.get('retry-after')) >= 1));
    assert.equal(runs, before + 1);
    assert.equal((await send(key)).headers.get('idempotent-replay'), 'true');
  });

  /** What a request leaves that was under way when its replica died. */
  const leaveOpen = async (key: string, secondsAgo: number) => {
    const { id, organization } = await app.database.sql
      .selectFrom('api_keys')
      .select(['id', 'organization'])
      .where('key_hash', '=', hashSecret(app.identity.localKey))
      .executeTakeFirstOrThrow();
    const created_at = new Date(Date.now() - secondsAgo * 1000);
    const open = { organization, principal: `key:${id}`, key, request_hash: 'x', status: null, created_at };
    await app.database.sql.insertInto('idempotency_keys').values(open).execute();
  };

  test('is taken over when the first request died with its replica', async () => {
    const key = newId();
    await leaveOpen(key, 61);
    assert.equal((await send(key)).status, 201);
    assert.equal((await send(key)).headers.get('idempotent-replay'), 'true');
  });

  test('waits while the first request may be alive', async () => {
    const key = newId();
    await leaveOpen(key, 30);
    assert.equal((await send(key)).status, 409, 'another request holds the key');
  });

  test('is forgotten after a day, also when nobody asks again', async () => {
    await leaveOpen('old', 25 * 3600);
    await leaveOpen('young', 1);
    await forgetOldKeys(app.database);
    const rows = await app.database.sql.selectFrom('idempotency_keys').select('key').execute();
    const keys = rows.map(({ key }) => key);
    assert.ok(!keys.includes('old'));
    assert.ok(keys.includes('young'));
  });

  test('whose answer holds a secret is not kept', async () => {
    const key = newId();
    const first = await send(key, 'a', '/api/shy');
    const again = await send(key, 'a', '/api/shy');
    assert.notDeepEqual(again.body, first.body);
    const kept = await app.database.sql.selectFrom('idempotency_keys').select('key').execute();
    assert.ok(!kept.some((row) => row.key === key));
  });

  test('needs a key that is one', async () => {
    for (const key of ['two words', 'x'.repeat(201), 'é']) {
      const answer = await send(key);
      assert.equal(answer.status, 422, key);
      assert.equal(errorOf(answer).param, 'idempotency-key');
    }
  });
});
