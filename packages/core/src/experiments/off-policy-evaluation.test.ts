import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  evaluateOffPolicy,
  judgeChoice,
  type LoggedChoice,
  predictOutcomes,
  seededRandom,
  unitInterval,
} from '../index.ts';

const candidate = (id: string, propensity: number, reward: number, failedChecks: string[] = []) => ({
  id,
  propensity,
  reward,
  failedChecks,
});

const choice = (more: Partial<LoggedChoice> = {}): LoggedChoice => ({
  unit: 'ann',
  delivered: 'a',
  candidates: [candidate('a', 0.5, 0.9), candidate('b', 0.5, 0.2)],
  rating: 4,
  positive: 1,
  ...more,
});

const best = { strategy: 'best', threshold: 0 } as const;
const judged = (all: readonly LoggedChoice[]) => all.map((one) => judgeChoice(one, best));

describe('what another model would have delivered', () => {
  test('follows from its rewards and the checks of then; the threshold of then does not count', () => {
    const failing = candidate('b', 0.5, 0.9, ['coherence:truncated', 'below_threshold']);
    const { target } = judgeChoice(choice({ candidates: [candidate('a', 0.5, 0.7), failing] }), best);
    assert.deepEqual(target, { a: 1, b: 0 });
    const below = candidate('b', 0.5, 0.9, ['below_threshold']);
    assert.equal(judgeChoice(choice({ candidates: [candidate('a', 0.5, 0.7), below] }), best).target.b, 1);
  });
});

describe('no number is given where the log cannot tell', () => {
  const many = (one: LoggedChoice) => judged(Array.from({ length: 200 }, () => one));

  test('nobody said anything, or there was no choice', () => {
    assert.equal(evaluateOffPolicy([]).refusal, 'no_feedback');
    const alone = choice({ candidates: [candidate('a', 1, 0.5)] });
    assert.deepEqual(evaluateOffPolicy(many(alone)), {
      coverage: { no_choice: 200, deterministic: 0, not_covered: 0, covered: 0 },
      agreement: evaluateOffPolicy([]).agreement,
      refusal: 'no_choice',
      metrics: [],
    });
  });

  test('the best was delivered with certainty: how often the two agree is known, not how it would have been', () => {
    const certain = choice({ candidates: [candidate('a', 1, 0.2), candidate('b', 0, 0.9)] });
    const { refusal, agreement, metrics } = evaluateOffPolicy(many(certain));
    assert.deepEqual([refusal, agreement.value, metrics], ['no_overlap', 0, []]);
  });

  test('it would deliver what was excluded then', () => {
    const candidates = [candidate('a', 0.5, 0.2), candidate('b', 0.5, 0.3), candidate('c', 0, 0.9)];
    assert.equal(evaluateOffPolicy(many(choice({ candidates }))).refusal, 'not_covered');
  });

  test('few answers, or few that it would have given', () => {
    assert.equal(evaluateOffPolicy(judged(Array.from({ length: 49 }, () => choice()))).refusal, 'too_few');
    const unlike = [candidate('a', 0.5, 0.1), candidate('b', 0.5, 0.9)];
    const never = Array.from({ length: 400 }, (_, n) => (n < 20 ? choice() : choice({ candidates: unlike })));
    assert.equal(evaluateOffPolicy(judged(never)).refusal, 'too_few');
  });
});

test('values of one person count once: by hand', () => {
  // Mean 3; sums of deviations by person: ann (1−3)+(3−3) = −2, ben 5−3 = 2; times 2 units / 3 rows.
  const rows = [{ unit: 'ann' }, { unit: 'ann' }, { unit: 'ben' }];
  const { value, n, ci } = unitInterval([1, 3, 5], rows);
  assert.deepEqual([value, n], [3, 2]);
  // Means 3 ± 4/3 of two units: t with one degree of freedom is 12.706, standard error 4/3.
  assert.ok(Math.abs(ci[1] - (3 + 12.7062 * (4 / 3))) < 1e-3);
});

test('outcomes on a line are predicted exactly, each half of the people from the other', () => {
  const rows = Array.from({ length: 40 }, (_, n) => {
    const reward = n / 40;
    const chances = { propensity: 0.5, target: 1 };
    return { ...chances, outcome: 1 + 4 * reward, unit: `user ${n}`, reward, targetReward: 0.5 };
  });
  for (const { predicted, predictedTarget, outcome } of predictOutcomes(rows)) {
    assert.ok(Math.abs(predicted - outcome) < 1e-9);
    assert.ok(Math.abs(predictedTarget - 3) < 1e-9);
  }
});

/**
 * People who give several ratings and have tastes of their own. Of three candidates, with true means 2, 3 and 4 stars, the
 * log drew one at random; a model that knows which is best would have had 4, that model's opposite 2.
 */
function simulated(seed: number, knows: boolean): LoggedChoice[] {
  const random = seededRandom(seed);
  return Array.from({ length: 150 }, (_, person) => {
    const taste = random() - 0.5;
    return Array.from({ length: person % 5 === 0 ? 12 : 2 }, (): LoggedChoice => {
      const chances = [0.5, 0.3, 0.2];
      const draw = random();
      const index = draw < 0.5 ? 0 : draw < 0.8 ? 1 : 2;
      const rating = 2 + index + taste + (random() - 0.5);
      const reward = (at: number) => (knows ? at : 2 - at) / 2;
      const candidates = chances.map((chance, at) => candidate(`c${at}`, chance, reward(at)));
      const positive = rating > 3 ? 1 : 0;
      return { unit: `user ${person}`, delivered: `c${index}`, candidates, rating, positive };
    });
  }).flat();
}

test('the value of a model that the log never used is found, with intervals that hold it', () => {
  const runs = Number(process.env.ATTUNE_SIMULATED_LOGS ?? 30);
  const held = { self_normalised: 0, doubly_robust: 0, gain: 0 };
  for (let seed = 0; seed < runs; seed++) {
    const knows = seed % 2 === 0;
    const [rating] = evaluateOffPolicy(judged(simulated(seed, knows))).metrics;
    assert.ok(rating?.metric === 'rating');
    const holds = ({ ci }: { ci: [number, number] }, truth: number) => ci[0] <= truth && truth <= ci[1];
    held.self_normalised += Number(holds(rating.self_normalised, knows ? 4 : 2));
    held.doubly_robust += Number(holds(rating.doubly_robust, knows ? 4 : 2));
    // What was delivered: 0.5 · 2 + 0.3 · 3 + 0.2 · 4 = 2.7 stars.
    held.gain += Number(holds(rating.gain, (knows ? 4 : 2) - 2.7));
  }
  for (const [name, count] of Object.entries(held)) {
    assert.ok(count >= 0.85 * runs, `${name} held ${count} of ${runs}`);
  }
});
