import assert from 'node:assert/strict';
import { seededRandom } from '@attune/core';
import { newId } from '../../platform/ids.ts';
import { testOnEachDatabase } from '../testing/each-database.ts';
import { openTestShip, type TestShip } from '../testing/open-test-ship.ts';
import type { ChosenAnswer, ReceivedAnswer } from './off-policy-needs.ts';

const params = (id: string) => ({ params: { id } });

/** Two candidates to each answer, the good one delivered with a chance of 0.3 where it is left to chance. */
function logOf(answers: number, chance: { good: number; bad: number }) {
  const random = seededRandom(3);
  const chosen: ChosenAnswer[] = [];
  const drawn: ReceivedAnswer[] = [];
  for (let n = 0; n < answers; n++) {
    const responseId = newId();
    const isGood = random() < chance.good;
    const candidates = [
      { id: 'c1', text: 'good', propensity: chance.good, failedChecks: [] },
      { id: 'c2', text: 'bad', propensity: chance.bad, failedChecks: [] },
    ];
    const asked = { query: `question ${n % 10}` };
    chosen.push({ responseId, unit: `user ${n}`, asked, delivered: isGood ? 'c1' : 'c2', candidates });
    drawn.push({ responseId, rating: isGood ? 4 + (n % 2) : 1 + (n % 2), positive: isGood ? 1 : 0 });
  }
  return { chosen, drawn };
}

/** The other rooms tell of a log; scores prefer what says "good". */
function tell({ offPolicy }: TestShip, { chosen, drawn }: ReturnType<typeof logOf>, rated = drawn.length) {
  offPolicy.received = async (_, most) => ({ total: rated, drawn: drawn.slice(0, most) });
  offPolicy.chosen = async (_, ids) => chosen.filter(({ responseId }) => ids.includes(responseId));
  offPolicy.score = async (_, __, texts) =>
    texts.map((text) => ({
      reward: text === 'good' ? 0.9 : 0.2,
      dimensions: { safety: text === 'bad' ? 1 : 0 },
    }));
}

await testOnEachDatabase('from a log that drew at random: what the model would have had', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const model = await test.register();
  tell(test, logOf(500, { good: 0.3, bad: 0.7 }), 1200);
  const found = await test.call('evaluateOffPolicy', { ...params(model), body: { answers: 400 } });
  assert.deepEqual([found.rated, found.drawn, found.scored, found.refusal], [1200, 400, 400, null]);
  assert.deepEqual(found.coverage, { no_choice: 0, deterministic: 0, not_covered: 0, covered: 400 });
  const [rating, satisfaction] = found.metrics;
  // It would have delivered the good one each time: 4.5 stars, where chance gave 0.3 · 4.5 + 0.7 · 1.5.
  const near = (value: number | null | undefined, truth: number, by: number) =>
    assert.ok(Math.abs((value ?? Number.NaN) - truth) < by, `${value} is not ${truth}`);
  near(rating?.self_normalised.value, 4.5, 0.15);
  near(rating?.delivered.value, 2.4, 0.25);
  near(rating?.gain.value, 2.1, 0.3);
  assert.ok((rating?.gain.ci[0] ?? 0) > 1.5);
  assert.equal(satisfaction?.self_normalised.value, 1);
  near(found.agreement.value, 0.3, 0.07);
  // Weighed by another dimension it would have delivered the bad one.
  const body = { dimension_weights: { safety: 1 } };
  const safest = await test.call('evaluateOffPolicy', { ...params(model), body });
  near(safest.metrics[0]?.self_normalised.value, 1.5, 0.15);
});

await testOnEachDatabase(
  'no number where the log cannot tell, or the model remembers the answers',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const model = await test.register();
    const nothing = await test.call('evaluateOffPolicy', params(model));
    assert.deepEqual([nothing.refusal, nothing.agreement.value], ['no_feedback', null]);
    tell(test, logOf(200, { good: 0, bad: 1 }));
    const certain = await test.call('evaluateOffPolicy', params(model));
    assert.deepEqual([certain.refusal, certain.metrics], ['no_overlap', []]);
    assert.deepEqual([certain.agreement.value, certain.coverage.deterministic], [0, 200]);
    tell(test, logOf(200, { good: 0.5, bad: 0.5 }));
    test.offPolicy.trainedOn = async () => (query) => query !== 'question 1';
    const half = await test.call('evaluateOffPolicy', params(model));
    assert.deepEqual([half.trained_on, half.scored, half.refusal], [180, 20, 'too_few']);
    test.offPolicy.trainedOn = async () => () => true;
    assert.equal((await test.call('evaluateOffPolicy', params(model))).refusal, 'trained_on');
  },
);

await testOnEachDatabase(
  'it is refused for what does not score, for others and for no span',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const model = await test.register();
    const span = { from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' };
    await assert.rejects(test.call('evaluateOffPolicy', { ...params(model), body: span }), {
      code: 'invalid_request',
    });
    await assert.rejects(test.call('evaluateOffPolicy', params(model), test.other), {
      code: 'model_not_found',
    });
    await test.call('archiveModel', params(model));
    await assert.rejects(test.call('evaluateOffPolicy', params(model)), { code: 'model_not_deployable' });
  },
);
