import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { newId } from '../ids.ts';
import { createLog, silentLog } from '../log.ts';
import { cacheContract, eventually } from './cache.contract.ts';
import { InProcessCache } from './in-process-cache.ts';
import { openCache } from './open.ts';
import { rateLimiterContract } from './rate-limiter.contract.ts';
import { RedisCache } from './redis-cache.ts';
import { RedisServer, redisMissing, redisServerMissing, testRedisUrl } from './redis-server.ts';

const missing = await redisMissing();

function openHere() {
  return openCache({ log: silentLog });
}

function openOnRedis(redisUrl = testRedisUrl, prefix = `attune-test:${newId()}:`) {
  return openCache({ redisUrl, log: silentLog, prefix });
}

cacheContract('the process', false, async () => (await openHere()).cache);
cacheContract('Redis', missing, async () => (await openOnRedis()).cache);
rateLimiterContract('the process', false, async () => (await openHere()).limiter);
rateLimiterContract('Redis', missing, async (t) => {
  const { cache, limiter } = await openOnRedis();
  t.after(() => cache.close());
  return limiter;
});

test('the cache of a process is bounded: what was used least recently goes', async () => {
  const cache = new InProcessCache({ log: silentLog, maxEntries: 2 });
  await cache.set('a', '1', 60);
  await cache.set('b', '2', 60);
  await cache.get('a');
  await cache.set('c', '3', 60);
  assert.deepEqual([await cache.get('a'), await cache.get('b'), await cache.get('c')], ['1', undefined, '3']);
});

describe('two replicas on one Redis', { skip: missing }, () => {
  test('share values, counters, messages and limits', async (t) => {
    const prefix = `attune-test:${newId()}:`;
    const [one, two] = [await openOnRedis(testRedisUrl, prefix), await openOnRedis(testRedisUrl, prefix)];
    t.after(() => Promise.all([one.cache.close(), two.cache.close()]));
    await one.cache.set('shared', 'yes', 60);
    assert.equal(await two.cache.get('shared'), 'yes');
    await one.cache.increment('counter', 1, 60);
    assert.equal(await two.cache.increment('counter', 1, 60), 2);
    let heard = '';
    await two.cache.subscribe('news', (message) => {
      heard = message;
    });
    await one.cache.publish('news', 'hello');
    await eventually(() => heard === 'hello');
    const limit = { points: 1, seconds: 60 };
    await one.limiter.consume('key', limit);
    assert.equal((await two.limiter.consume('key', limit)).allowed, false);
  });
});

describe('Redis comes and goes', { skip: redisServerMissing() }, () => {
  async function serverFor(t: TestContext): Promise<RedisServer> {
    const server = await RedisServer.prepare();
    t.after(() => server.kill());
    return server;
  }

  test('while it is away reads miss, writes are dropped, limits are counted here; then all is well again', async (t) => {
    const server = await serverFor(t);
    await server.start();
    const warnings: string[] = [];
    const log = createLog({ sink: { write: (line) => warnings.push(line) } });
    const { cache, limiter } = await openCache({ redisUrl: server.url, log });
    t.after(() => cache.close());
    assert.ok(cache instanceof RedisCache);
    const heard: string[] = [];
    await cache.subscribe('news', (message) => heard.push(message));
    await cache.set('kept', 'x', 60);

    await server.kill();
    await eventually(async () => (await cache.get('kept')) === undefined);
    for (let i = 0; i < 100; i++) await cache.set('lost', 'x', 60);
    assert.ok(cache.dropped >= 100);
    assert.equal(await cache.increment('count', 3, 60), 3);
    await cache.publish('news', 'heard in this process');
    assert.deepEqual(heard, ['heard in this process']);
    const limit = { points: 1, seconds: 60 };
    assert.equal((await limiter.consume('key', limit)).allowed, true);
    assert.equal((await limiter.consume('key', limit)).allowed, false);
    assert.equal(warnings.filter((line) => line.includes('writes to the cache are dropped')).length, 1);

    await server.start();
    await eventually(async () => {
      await cache.set('back', 'again', 60);
      return (await cache.get('back')) === 'again';
    });
    await eventually(async () => {
      await cache.publish('news', 'through Redis');
      return heard.includes('through Redis');
    });
    assert.equal((await limiter.consume('key', limit)).allowed, true);
  });

  test('it may be started after us', async (t) => {
    const server = await serverFor(t);
    const { cache } = await openOnRedis(server.url);
    t.after(() => cache.close());
    let heard = '';
    await cache.subscribe('news', (message) => {
      heard = message;
    });
    assert.equal(await cache.get('x'), undefined);
    await server.start();
    await eventually(async () => {
      await cache.set('x', 'y', 60);
      return (await cache.get('x')) === 'y';
    });
    await eventually(async () => {
      await cache.publish('news', 'hello');
      return heard === 'hello';
    });
  });

  test('one that hangs holds nobody up for long', async (t) => {
    const server = await serverFor(t);
    await server.start();
    const { cache, limiter } = await openOnRedis(server.url);
    t.after(() => cache.close());
    server.freeze();
    t.after(() => server.thaw());
    assert.equal(await cache.get('x'), undefined);
    assert.equal((await limiter.consume('key', { points: 1, seconds: 60 })).allowed, true);
  });
});
