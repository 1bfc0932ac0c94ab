import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { newId } from '../ids.ts';
import { eventually } from './cache.contract.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** What every adapter of `RateLimiter` must do. */
export function rateLimiterContract(
  name: string,
  skip: string | false,
  open: (t: TestContext) => Promise<RateLimiter>,
): void {
  describe(`rate limiter in ${name}`, { skip }, () => {
    test('allows as many as it says, then says when to come back', async (t) => {
      const limiter = await open(t);
      const key = newId();
      const limit = { points: 3, seconds: 60 };
      for (const remaining of [2, 1, 0]) {
        const { allowed, remaining: left } = await limiter.consume(key, limit);
        assert.deepEqual({ allowed, left }, { allowed: true, left: remaining });
      }
      const refused = await limiter.consume(key, limit);
      assert.equal(refused.allowed, false);
      assert.equal(refused.remaining, 0);
      assert.ok(refused.retryAfterSeconds > 0 && refused.retryAfterSeconds <= 60);
    });

    test('keys and limits are counted apart', async (t) => {
      const limiter = await open(t);
      const [one, two] = [newId(), newId()];
      const tight = { points: 1, seconds: 60 };
      await limiter.consume(one, tight);
      assert.equal((await limiter.consume(one, tight)).allowed, false);
      assert.equal((await limiter.consume(two, tight)).allowed, true);
      assert.equal((await limiter.consume(one, { points: 5, seconds: 60 })).remaining, 4);
    });

    test('of many at once no more than allowed get through', async (t) => {
      const limiter = await open(t);
      const key = newId();
      const limit = { points: 10, seconds: 60 };
      const decisions = await Promise.all(Array.from({ length: 40 }, () => limiter.consume(key, limit)));
      assert.equal(decisions.filter(({ allowed }) => allowed).length, 10);
    });

    test('allows again when the time is over', async (t) => {
      const limiter = await open(t);
      const key = newId();
      const limit = { points: 1, seconds: 1 };
      await limiter.consume(key, limit);
      await eventually(async () => (await limiter.consume(key, limit)).allowed);
    });
  });
}
