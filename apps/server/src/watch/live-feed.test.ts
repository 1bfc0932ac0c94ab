import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LiveCounters } from '@attune/contracts';
import { redisMissing, testRedisUrl } from '../platform/cache/redis-server.ts';
import { newId } from '../platform/ids.ts';
import { openTestWatch, type TestWatch } from './testing/open-test-watch.ts';

/** Reads server-sent events one at a time. */
async function* eventsOf(response: Response): AsyncGenerator<LiveCounters> {
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
  let text = '';
  assert.ok(response.body);
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      if (event.startsWith('data: ')) yield LiveCounters.parse(JSON.parse(event.slice(6)));
    }
  }
}

async function follow(t: { after: (fn: () => void) => void }, watch: TestWatch) {
  const leaving = new AbortController();
  t.after(() => leaving.abort());
  const events = eventsOf(await watch.fetch('watchCounters', leaving.signal));
  const next = async () => {
    const { value } = await events.next();
    assert.ok(value);
    return value;
  };
  return { next, leave: () => leaving.abort(), rest: () => Array.fromAsync(events) };
}

async function changes(t: Parameters<typeof follow>[0], watching: TestWatch, changing: TestWatch) {
  const reader = await follow(t, watching);
  const first = await reader.next();
  changing.rate([4]);
  const second = await reader.next();
  return [first.feedback, second.feedback];
}

const withoutRedis = await redisMissing();

describe('live counters', { timeout: 120_000 }, () => {
  test('of another replica come through Redis at once', { skip: withoutRedis }, async (t) => {
    // The first test, and without jobs: one that ends meanwhile could not clear the timer that it began with.
    const settings = { redisUrl: testRedisUrl, prefix: `attune-test:${newId()}:`, works: false };
    const one = await openTestWatch(t, 'pglite', settings);
    const two = await one.another();
    // Without the look that replicas take every two seconds, only a message can tell.
    t.mock.timers.enable({ apis: ['setInterval'] });
    assert.deepEqual(await changes(t, one, two), [0, 1]);
    // What is stopped after the test has timers of the real kind.
    t.mock.timers.reset();
  });

  test('are as they stand now', async (t) => {
    const watch = await openTestWatch(t, 'pglite');
    watch.rate([4, 5]);
    watch.rate([3], null);
    const { answers, feedback, open_alerts, versions } = await watch.call('liveCounters');
    assert.deepEqual([answers, feedback, open_alerts], [2, 3, 0]);
    assert.deepEqual(
      versions.map((version) => [version.reward_model, version.average_rating, version.in_traffic]),
      [
        ['reward@1.0.0', 4.5, true],
        [null, 3, false],
      ],
    );
  });

  test('stream at once, then when something changes', async (t) => {
    const watch = await openTestWatch(t, 'pglite');
    assert.deepEqual(await changes(t, watch, watch), [0, 1]);
  });

  test('say when an alert fires and when somebody looks after it', async (t) => {
    const watch = await openTestWatch(t, 'pglite');
    const reader = await follow(t, watch);
    await reader.next();
    watch.rate(Array.from({ length: 20 }, () => 1));
    while ((await reader.next()).open_alerts === 0);
    watch.rate(Array.from({ length: 50 }, () => 5));
    while ((await reader.next()).open_alerts === 1);
  });

  test('come at most four times a second', async (t) => {
    const watch = await openTestWatch(t, 'pglite');
    const reader = await follow(t, watch);
    await reader.next();
    const began = performance.now();
    const rating = setInterval(() => watch.rate([4]), 10);
    t.after(() => clearInterval(rating));
    for (let n = 0; n < 5; n++) await reader.next();
    assert.ok(
      performance.now() - began >= 950,
      'the fifth change is told no earlier than a second after the first',
    );
  });

  test('end when the reader leaves, and when the server stops', async (t) => {
    const watch = await openTestWatch(t, 'pglite');
    const [leaving, staying] = [await follow(t, watch), await follow(t, watch)];
    await leaving.next();
    leaving.leave();
    await leaving.rest();
    await watch.room.stop();
    await staying.rest();
  });

  test('of another replica are seen without a common Redis, too', async (t) => {
    const one = await openTestWatch(t, 'pglite');
    assert.deepEqual(await changes(t, one, await one.another()), [0, 1]);
  });
});
