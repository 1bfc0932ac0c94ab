import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choiceBias, logisticSlope, seededRandom } from '../index.ts';

test('logistic regression on a two-by-two table: the slope is the log odds ratio, its error Woolf 1955', () => {
  // 12 of 20 with x = 1, 5 of 25 with x = 0.
  const xs = [...Array.from({ length: 20 }, () => 1), ...Array.from({ length: 25 }, () => 0)];
  const ys = xs.map((x, index) => (x === 1 ? index < 12 : index - 20 < 5));
  const { value, ci, n } = logisticSlope(xs, ys);
  const expected = Math.log(12 / 8 / (5 / 20));
  const error = Math.sqrt(1 / 12 + 1 / 8 + 1 / 5 + 1 / 20);
  assert.ok(Math.abs(value - expected) < 1e-9);
  assert.ok(Math.abs(ci[1] - (expected + 1.959964 * error)) < 1e-5);
  assert.equal(n, 45);
});

test('no finite slope is said to be none', () => {
  for (const [xs, ys] of [
    [[], []],
    [
      [1, 2, 3],
      [true, true, true],
    ],
    [
      [2, 2, 2],
      [true, false, true],
    ],
    [
      [1, 2, 3, 4],
      [false, false, true, true],
    ],
  ] as const) {
    const { value, ci } = logisticSlope(xs, ys);
    assert.ok(Number.isNaN(value));
    assert.deepEqual(ci, [-Infinity, Infinity]);
  }
});

test('a judge who likes the left and the long is found out, a fair one is not', () => {
  const random = seededRandom(3);
  const judge = (biased: boolean) =>
    choiceBias(
      Array.from({ length: 400 }, () => {
        const [leftLength, rightLength] = [50 + random() * 500, 50 + random() * 500];
        const pull = biased ? 0.8 + 1.5 * Math.log2(leftLength / rightLength) : 0;
        return { leftLength, rightLength, choseLeft: random() < 1 / (1 + Math.exp(-pull)) };
      }),
    );
  const unfair = judge(true);
  assert.ok(unfair.leftShare.ci[0] > 0.5 && unfair.longerShare.ci[0] > 0.5);
  assert.ok(unfair.lengthSlope.ci[0] > 0 && Math.abs(unfair.lengthSlope.value - 1.5) < 0.6);
  const fair = judge(false);
  for (const { value } of [fair.leftShare, fair.longerShare]) assert.ok(Math.abs(value - 0.5) < 0.1);
  assert.ok(Math.abs(fair.lengthSlope.value) < 0.3);
});

test('equal lengths are no evidence on length', () => {
  const { longerShare } = choiceBias([{ choseLeft: true, leftLength: 5, rightLength: 5 }]);
  assert.equal(longerShare.n, 0);
});
