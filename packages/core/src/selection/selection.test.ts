import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CheckOutcome, type SelectionPolicy, seededRandom, select } from '../index.ts';

const failing: CheckOutcome = { check: 'coherence', passed: false, score: 0.2, reasons: ['truncated'] };
const candidate = (id: string, reward_score: number | null, ...checks: CheckOutcome[]) => ({
  id,
  reward_score,
  checks,
});
const best: SelectionPolicy = { strategy: 'best' };
const sum = (propensities: Record<string, number>) => Object.values(propensities).reduce((a, b) => a + b, 0);

test('best delivers the highest reward with certainty, the earliest on a tie', () => {
  const selection = select([candidate('a', 0.7), candidate('b', 0.9), candidate('c', 0.9)], best);
  assert.deepEqual(selection, {
    id: 'b',
    passed: true,
    propensities: { a: 0, b: 1, c: 0 },
    reasons: { a: [], b: [], c: [] },
  });
});

test('a candidate that fails a check or the threshold is excluded while another passes', () => {
  const selection = select([candidate('a', 0.99, failing), candidate('b', 0.59), candidate('c', 0.6)], best);
  assert.equal(selection.id, 'c');
  assert.deepEqual(selection.reasons, { a: ['coherence:truncated'], b: ['below_threshold'], c: [] });
});

test('when nothing passes, a sound answer below the threshold comes before one that fails a check', () => {
  const selection = select([candidate('a', 0.9, failing), candidate('b', 0.3), candidate('c', 0.4)], best);
  assert.deepEqual([selection.id, selection.passed], ['c', false]);
  assert.deepEqual(select([candidate('a', 0.2, failing), candidate('b', 0.3, failing)], best).id, 'b');
});

test('with scoring down the first sound candidate is delivered and the threshold does not apply', () => {
  const selection = select([candidate('a', null, failing), candidate('b', null), candidate('c', null)], best);
  assert.deepEqual([selection.id, selection.passed], ['b', true]);
  assert.deepEqual(select([candidate('a', null), candidate('b', 0.1)], best).reasons, {
    a: ['not_scored'],
    b: ['below_threshold'],
  });
});

test('a reward that is not a number is no score and breaks nothing', () => {
  for (const strategy of ['best', 'weighted', 'ensemble'] as const) {
    const { id } = select([candidate('a', Number.NaN), candidate('b', 0.7)], { strategy });
    assert.equal(id, 'b');
    assert.equal(select([candidate('a', Number.NaN)], { strategy }).id, 'a');
  }
});

test('weighted draws in proportion to exp(reward / temperature) and says so', () => {
  const candidates = [candidate('a', 0.7), candidate('b', 0.8), candidate('c', 0.1)];
  const policy: SelectionPolicy = { strategy: 'weighted', temperature: 0.1 };
  const { propensities } = select(candidates, policy, () => 0);
  assert.equal(propensities.c, 0);
  assert.ok(Math.abs(propensities.b! / propensities.a! - Math.E) < 1e-12);
  const random = seededRandom(5);
  let drawn = 0;
  for (let k = 0; k < 4000; k++) drawn += Number(select(candidates, policy, random).id === 'b');
  const spread = Math.sqrt(4000 * propensities.b! * propensities.a!);
  assert.ok(Math.abs(drawn - 4000 * propensities.b!) < 4 * spread, `${drawn} draws`);
});

test('propensities of random candidate sets sum to 1 and the chosen one has some', () => {
  const random = seededRandom(9);
  for (const strategy of ['best', 'weighted', 'ensemble'] as const) {
    for (let k = 0; k < 300; k++) {
      const candidates = Array.from({ length: 1 + Math.floor(random() * 6) }, (_, index) =>
        candidate(`c${index}`, random() < 0.1 ? null : random(), ...(random() < 0.3 ? [failing] : [])),
      );
      const selection = select(candidates, { strategy, temperature: 0.01 + random() * 100 }, random);
      assert.ok(Math.abs(sum(selection.propensities) - 1) < 1e-12);
      assert.ok(selection.propensities[selection.id]! > 0);
      assert.equal(selection.passed, selection.reasons[selection.id]!.length === 0);
    }
  }
});

test('ensemble weighs reward and rule scores', () => {
  const rule = (score: number): CheckOutcome => ({ check: 'length', passed: true, score, reasons: [] });
  const candidates = [candidate('a', 0.8, rule(0.2)), candidate('b', 0.7, rule(1))];
  const ensemble = (weights: Record<string, number>) =>
    select(candidates, { strategy: 'ensemble', weights }).id;
  assert.equal(ensemble({ reward: 1 }), 'a');
  assert.equal(ensemble({ reward: 0.5, length: 0.5 }), 'b');
});

test('bad input is refused', () => {
  assert.throws(() => select([], best), RangeError);
  assert.throws(() => select([candidate('a', 1), candidate('a', 1)], best), RangeError);
  assert.throws(() => select([candidate('a', 1)], { strategy: 'weighted', temperature: 0 }), RangeError);
});
