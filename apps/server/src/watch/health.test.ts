import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readiness } from './health.ts';

const good = async () => undefined;

test('is ready when every part is', async () => {
  assert.deepEqual(await readiness({ database: good, cache: good }), {
    ready: true,
    checks: { database: { ok: true }, cache: { ok: true } },
  });
});

test('names the part that fails or does not answer, and keeps secrets', async () => {
  const { ready, checks } = await readiness(
    {
      database: () => Promise.reject(new Error('postgres://attune:secret@db is away')),
      cache: () => new Promise(() => undefined),
      queue: good,
    },
    20,
  );
  assert.equal(ready, false);
  assert.deepEqual(checks, {
    database: { ok: false, message: 'postgres://attune:[redacted]@db is away' },
    cache: { ok: false, message: 'no answer within 20 ms' },
    queue: { ok: true },
  });
});
