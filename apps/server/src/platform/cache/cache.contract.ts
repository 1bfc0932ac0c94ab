import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { newId } from '../ids.ts';
import type { Cache } from './cache.ts';

/** Resolves once a condition holds; fails after some seconds. */
export async function eventually(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let left = 500; !(await condition()); left--) {
    assert.ok(left > 0, 'it never came true');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What every adapter of `Cache` must do. `open` opens one more on the same store. */
export function cacheContract(name: string, skip: string | false, open: () => Promise<Cache>): void {
  describe(`cache in ${name}`, { skip }, () => {
    let cache: Cache;
    before(async () => {
      cache = await open();
    });
    after(() => cache.close());

    test('keeps a value, replaces it, forgets it', async () => {
      assert.equal(await cache.get('name'), undefined);
      await cache.set('name', 'Ada', 60);
      assert.equal(await cache.get('name'), 'Ada');
      await cache.set('name', 'Grace ✓\0', 60);
      assert.equal(await cache.get('name'), 'Grace ✓\0');
      await cache.delete('name');
      assert.equal(await cache.get('name'), undefined);
      await cache.delete('name');
    });

    test('keeps an empty value and a long one', async () => {
      await cache.set('empty', '', 60);
      assert.equal(await cache.get('empty'), '');
      const long = 'ö'.repeat(1_000_000);
      await cache.set('long', long, 60);
      assert.equal(await cache.get('long'), long);
    });

    test('forgets a value when its time is over', async () => {
      await cache.set('brief', 'x', 0.05);
      await eventually(async () => (await cache.get('brief')) === undefined);
    });

    test('counts, also when many count at once', async () => {
      const sums = await Promise.all(Array.from({ length: 50 }, () => cache.increment('visits', 2, 60)));
      assert.deepEqual(
        sums.toSorted((a, b) => a - b),
        Array.from({ length: 50 }, (_, i) => 2 * (i + 1)),
      );
      assert.equal(await cache.increment('visits', -100, 60), 0);
    });

    test('a counter ends with the time of its first increment', async () => {
      await cache.increment('window', 1, 0.05);
      await eventually(async () => (await cache.increment('window', 1, 0.05)) === 1);
    });

    test('tells every subscriber of the channel, in order, until it leaves', async () => {
      const heard: string[] = [];
      const leave = await cache.subscribe('news', (message) => heard.push(`a${message}`));
      const leaveToo = await cache.subscribe('news', (message) => heard.push(`b${message}`));
      const other = await cache.subscribe('weather', () => assert.fail('not for this channel'));
      await cache.publish('news', '1');
      await cache.publish('news', '2');
      await eventually(() => heard.length === 4);
      assert.deepEqual(heard, ['a1', 'b1', 'a2', 'b2']);
      await leave();
      await cache.publish('news', '3');
      await eventually(() => heard.length === 5);
      assert.equal(heard[4], 'b3');
      await Promise.all([leaveToo(), other()]);
      await leave();
    });

    test('a subscriber that throws keeps no other from hearing', async () => {
      const channel = newId();
      let heard = '';
      await cache.subscribe(channel, () => {
        throw new Error('deaf');
      });
      await cache.subscribe(channel, (message) => {
        heard = message;
      });
      await cache.publish(channel, 'hello');
      await eventually(() => heard === 'hello');
    });

    test('publishing to nobody is no error', () => cache.publish('void', 'x'));
  });
}
