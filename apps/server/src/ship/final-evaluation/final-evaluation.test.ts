import assert from 'node:assert/strict';
import type { CompetingAnswers, RivalAnswers } from '../gates/gate-needs.ts';
import { testOnEachDatabase } from '../testing/each-database.ts';
import { openTestShip, type TestShip } from '../testing/open-test-ship.ts';

const project = '01940000-0000-7000-8000-00000000000a';

/** Questions with a short and a long answer; the first model likes short ones, the other long ones, except for the odd. */
async function openRivals(...[t, kind]: Parameters<typeof openTestShip>) {
  const test = await openTestShip(t, kind);
  const [old, young] = [await test.register(), await test.register()];
  await test.call('deployModel', { params: { id: old }, body: { full: true } });
  const asked = Array.from({ length: 10 }, (_, k): CompetingAnswers => {
    const candidates = [{ text: 'short' }, { text: 'a long answer' }];
    return { responseId: `${k}`, query: `Question ${k}?`, context: null, candidates };
  });
  const pairs: RivalAnswers[] = [];
  test.gates.competing = async () => [...asked, ...asked.slice(0, 3)];
  test.gates.score = async ({ modelId }, { query }, responses) => {
    const likesLong = modelId === young || Number(query.match(/\d+/)?.[0]) % 2 === 1;
    return responses.map(({ length }) => ({ reward: likesLong ? length / 100 : 1 - length / 100 }));
  };
  test.gates.judging = {
    open: async () => project,
    add: async (_, __, ___, added) => void pairs.push(...added),
    standing: async () => ({ pairs: 5, judged: 0, wins: 0, ties: 0, losses: 0, both_bad: 0, win_rate: null }),
  };
  return { test, old, young, pairs };
}

const params = (id: string) => ({ params: { id } });

/** What people said, as judging would count it. */
function judged(test: TestShip, win_rate: { value: number; ci: [number, number]; n: number }): void {
  const counts = { pairs: 5, judged: win_rate.n, wins: 0, ties: 0, losses: 0, both_bad: 0 };
  test.gates.judging = { ...test.gates.judging, standing: async () => ({ ...counts, win_rate }) };
}

await testOnEachDatabase(
  'people get what two models would deliver where that differs, once a question',
  async (t, kind) => {
    const { test, old, young, pairs } = await openRivals(t, kind);
    assert.equal((await test.call('getFinalEvaluation', params(young))).evaluation, null);
    const evaluation = await test.call('startFinalEvaluation', params(young));
    assert.deepEqual(
      [evaluation.against_model_id, evaluation.needed, evaluation.pairs, evaluation.looked_at],
      [old, 194, 5, 10],
    );
    assert.deepEqual(
      pairs.map(({ query, current, before }) => [
        query,
        current.text,
        before.text,
        current.model,
        before.model,
      ]),
      [0, 2, 4, 6, 8].map((k) => [`Question ${k}?`, 'a long answer', 'short', young, old]),
    );
    assert.deepEqual((await test.call('getFinalEvaluation', params(young))).evaluation, evaluation);
    const { measurement } = await test.call('getModelGates', params(young));
    assert.equal(measurement?.status, 'waiting', 'the gates are measured with it');
  },
);

await testOnEachDatabase(
  'votes reach the gate, and only against the model that takes the traffic',
  async (t, kind) => {
    const { test, old, young } = await openRivals(t, kind);
    await test.call('startFinalEvaluation', params(young));
    const people = async () => {
      const { gates, refusing } = await test.call('getModelGates', params(young));
      const gate = gates.find(({ gate: name }) => name === 'people');
      return [gate?.reason ?? gate?.verdict, refusing];
    };
    assert.deepEqual(await people(), ['nobody_asked', []]);
    judged(test, { value: 0.6, ci: [0.4, 0.8], n: 12 });
    assert.deepEqual(await people(), ['too_few', []]);
    judged(test, { value: 0.6, ci: [0.52, 0.68], n: 150 });
    assert.deepEqual(await people(), ['passed', []]);
    judged(test, { value: 0.3, ci: [0.2, 0.4], n: 150 });
    assert.deepEqual(await people(), ['failed', ['people']]);
    const other = await test.register('other');
    await test.call('deployModel', { params: { id: other }, body: { full: true } });
    assert.deepEqual(await people(), ['other_incumbent', []]);
    assert.notEqual(other, old);
  },
);

await testOnEachDatabase('what cannot be compared is refused with the reason', async (t, kind) => {
  const { test, old, young } = await openRivals(t, kind);
  const start = (id: string, against?: string) =>
    test.call('startFinalEvaluation', { ...params(id), body: against === undefined ? {} : { against } });
  await assert.rejects(start(young, young), { code: 'invalid_request', message: /with itself/ });
  await assert.rejects(start(old), { code: 'model_not_found', message: /No other model takes traffic/ });
  await assert.rejects(start(young, 'unknown'), { code: 'model_not_found' });
  test.gates.score = async (_, __, responses) => responses.map(({ length }) => ({ reward: length / 100 }));
  await assert.rejects(start(young), { code: 'not_enough_data', message: /the same answers to all 10/ });
});
