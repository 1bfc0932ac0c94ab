import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sumUnits } from '../experiments/unit-sums.ts';
import { seededRandom } from '../random.ts';
import { judgeChange, ratioChange, shareChange } from './period-change.ts';

const rounded = (value: number) => Number(value.toFixed(4));

test('one rating a person gives Welch’s interval, at 99 %', () => {
  const people = (stars: number[]) => sumUnits(stars.map((total) => ({ count: 1, total })));
  const { now, before, change } = ratioChange(people([5, 4, 4, 5, 3]), people([2, 3, 1, 2, 3]));
  assert.deepEqual([rounded(now.value), rounded(before.value)], [4.2, 2.2]);
  assert.equal(rounded(change.value), 2);
  // Both variances are 0.7: the error is sqrt(0.28), and t(0.995, 8) is 3.3554.
  const half = 3.3554 * Math.sqrt(0.28);
  assert.deepEqual(change.ci.map(rounded), [rounded(2 - half), rounded(2 + half)]);
  assert.equal(change.n, 10);
});

test('a person who says the same ten times is one person', () => {
  const once = sumUnits([1, 0, 1, 1, 0].map((total) => ({ count: 1, total })));
  const often = sumUnits([1, 0, 1, 1, 0].map((total) => ({ count: 10, total: 10 * total })));
  const [a, b] = [ratioChange(once, once), ratioChange(often, often)];
  assert.deepEqual(a.change.ci.map(rounded), b.change.ci.map(rounded));
  assert.equal(b.now.n, 5);
});

test('no interval of a share reaches beyond what can be', () => {
  const nobody = sumUnits(Array.from({ length: 30 }, () => ({ count: 1, total: 0 })));
  const { now } = ratioChange(nobody, nobody, [0, 1]);
  assert.equal(now.ci[0], 0);
  assert.ok(now.ci[1] > 0 && now.ci[1] < 0.1);
});

test('a change is told only where people and interval allow', () => {
  const share = (successes: number, n: number) => ({ successes, n });
  const verdict = (now: [number, number], before: [number, number]) =>
    judgeChange(shareChange(share(...now), share(...before)), 'higher');
  assert.equal(verdict([19, 19], [0, 19]), 'not_enough_data');
  assert.equal(verdict([60, 100], [55, 100]), 'unclear');
  assert.equal(verdict([80, 100], [50, 100]), 'better');
  assert.equal(verdict([50, 100], [80, 100]), 'worse');
  assert.equal(judgeChange(shareChange(share(80, 100), share(50, 100)), null), 'neither');
  assert.equal(judgeChange(shareChange(share(80, 100), share(50, 100)), 'lower'), 'worse');
});

test('of a thousand weeks without a change about one in a hundred shows one', () => {
  const random = seededRandom(11);
  const week = () =>
    sumUnits(
      Array.from({ length: 60 }, (_, person) => {
        // A sixth of the people give most of the reactions.
        const count = person % 6 === 0 ? 12 : 1;
        const likes = 0.5 + 0.4 * random();
        let total = 0;
        for (let k = 0; k < count; k++) total += Number(random() < likes);
        return { count, total };
      }),
    );
  let told = 0;
  for (let k = 0; k < 1000; k++) {
    const verdict = judgeChange(ratioChange(week(), week(), [0, 1]), 'higher');
    if (verdict !== 'unclear') told += 1;
  }
  assert.ok(told <= 25, `${told} of 1,000`);
});
