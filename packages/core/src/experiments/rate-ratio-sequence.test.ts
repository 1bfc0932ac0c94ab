import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rateRatioSequence, seededRandom } from '../index.ts';

test('the likeliest ratio is that of the rates, also over shares that change', () => {
  assert.ok(Math.abs(rateRatioSequence([{ treatment: 6, control: 3, share: 0.5 }]).value - 2) < 1e-9);
  assert.ok(Math.abs(rateRatioSequence([{ treatment: 2, control: 9, share: 0.1 }]).value - 2) < 1e-9);
  const both = [
    { treatment: 2, control: 9, share: 0.1 },
    { treatment: 6, control: 3, share: 0.5 },
  ];
  assert.ok(Math.abs(rateRatioSequence(both).value - 2) < 1e-9);
});

test('nothing, and events of one arm only, are bounded on the side that they can be', () => {
  assert.deepEqual(rateRatioSequence([]).ci, [0, Infinity]);
  const only = rateRatioSequence([{ treatment: 10, control: 0, share: 0.5 }]);
  assert.equal(only.value, Infinity);
  assert.ok(only.ci[0] > 1 && only.ci[1] === Infinity);
  const none = rateRatioSequence([{ treatment: 0, control: 10, share: 0.5 }]);
  assert.equal(none.value, 0);
  assert.ok(none.ci[0] === 0 && none.ci[1] < 1);
});

test('a ratio at the end of the interval is spoken against by the mixture 1 / alpha times', () => {
  const strata = [{ treatment: 7, control: 12, share: 0.3 }];
  const { ci } = rateRatioSequence(strata, 0.05);
  const likelihood = (ratio: number) => {
    const chance = (ratio * 0.3) / (ratio * 0.3 + 0.7);
    return chance ** 7 * (1 - chance) ** 12;
  };
  let [mixture, weights] = [0, 0];
  for (let log = -8; log <= 8; log += 0.001) {
    const weight = Math.exp(-0.5 * (log / 1.5) ** 2);
    mixture += weight * likelihood(Math.exp(log));
    weights += weight;
  }
  for (const end of ci) assert.ok(Math.abs(mixture / weights / likelihood(end) - 20) < 0.05, `${end}`);
});

test('looked at after every event, the interval loses the truth in fewer than 5 of 100 streams', () => {
  for (const [ratio, share] of [
    [1, 0.1],
    [1, 0.5],
    [3, 0.3],
  ] as const) {
    const chance = (ratio * share) / (ratio * share + 1 - share);
    let lost = 0;
    for (let seed = 0; seed < 300; seed++) {
      const random = seededRandom(seed);
      const seen = { treatment: 0, control: 0, share };
      for (let event = 0; event < 60; event++) {
        seen[random() < chance ? 'treatment' : 'control']++;
        const { ci } = rateRatioSequence([seen]);
        if (ci[0] <= ratio && ratio <= ci[1]) continue;
        lost++;
        break;
      }
    }
    assert.ok(lost <= 15, `${lost} of 300 at ratio ${ratio}, share ${share}`);
  }
});
