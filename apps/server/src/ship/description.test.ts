import assert from 'node:assert/strict';
import type { GateFindings } from '@attune/contracts';
import { newId } from '../platform/ids.ts';
import { testOnEachDatabase } from './testing/each-database.ts';
import { openTestShip, type TestShip } from './testing/open-test-ship.ts';

const params = (id: string) => ({ params: { id } });

await testOnEachDatabase(
  'notes come newest first with who wrote them; tags are kept once; both are audited',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const model = await test.register();
    await test.call('updateModel', { ...params(model), body: { note: 'one' } });
    test.clock.pass(60);
    const body = { note: 'two', tags: ['trial ', 'spring', 'trial'] };
    assert.deepEqual((await test.call('updateModel', { ...params(model), body })).tags, ['trial', 'spring']);
    const first = await test.call('listModelNotes', { ...params(model), query: { limit: 1 } });
    assert.deepEqual(
      first.items.map(({ text, by }) => [text, by]),
      [['two', 'Tina Trainer']],
    );
    const cursor = first.next_cursor ?? assert.fail('there is a second page');
    const second = await test.call('listModelNotes', { ...params(model), query: { limit: 1, cursor } });
    assert.deepEqual([second.items[0]?.text, second.next_cursor], ['one', null]);
    assert.deepEqual((await test.call('getModel', params(model))).tags, ['trial', 'spring']);
    const entries = await test.platform.database.sql
      .selectFrom('audit_log')
      .select('details')
      .where('organization', '=', test.organization)
      .where('action', '=', 'model.described')
      .orderBy('position')
      .execute();
    assert.deepEqual(
      entries.map(({ details }) => details),
      [{ note: 'one' }, { note: 'two', tags: ['trial', 'spring'] }],
    );
    await assert.rejects(test.call('updateModel', { ...params(model), body: { note: 'x' } }, test.other), {
      code: 'model_not_found',
    });
  },
);

/** Keeps what a measurement of one model against another would have found. */
async function keepFindings({ platform, organization }: TestShip, modelId: string, against: string) {
  const { sql } = platform.database;
  const { id: model } = await sql
    .selectFrom('model_registry')
    .select('id')
    .where('organization', '=', organization)
    .where('model_id', '=', modelId)
    .executeTakeFirstOrThrow();
  const example = { query: 'Why?', response: 'So.', rating: 4, reward: 0.9, other_reward: 0.2 };
  const result: GateFindings = {
    data_hash: null,
    excluded: 0,
    reason: null,
    metrics: null,
    ordering: null,
    calibration: null,
    length: null,
    safety: null,
    latency: null,
    questions_per_second: null,
    alarms: null,
    incumbent: { model_id: against, metrics: null, difference: null, reason: null },
    examples: { highest: [example], lowest: [], disagreements: [], between: [example] },
  };
  const now = platform.clock.now();
  await sql
    .insertInto('gate_measurements')
    .values({
      id: newId(),
      organization,
      model,
      model_id: modelId,
      incumbent_model_id: against,
      status: 'completed',
      result: JSON.stringify(result),
      requested_by: 'member:1',
      created_at: now,
      ended_at: now,
    })
    .execute();
}

await testOnEachDatabase(
  'two models differ in settings, data and what they say of answers, seen from either',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const [one, other] = [await test.register(), await test.register()];
    const jobs = new Map<string, Record<string, unknown>>();
    for (const [model, seed] of [
      [one, 1],
      [other, 2],
    ] as const) {
      const { fine_tuning_job_id: job } = await test.call('getModel', params(model));
      jobs.set(job ?? '', { recipe: 'attune', seed });
    }
    test.gates.hyperparameters = async (_, job) => jobs.get(job) ?? {};
    test.gates.compareDatasets = async () => ({ added: 5, removed: 2, changed: 1, same: 9 });
    const before = await test.call('diffModels', { ...params(one), query: { with: other } });
    assert.deepEqual(before.hyperparameters, [{ name: 'seed', one: 1, other: 2 }]);
    assert.deepEqual([before.data?.added, before.examples, before.measured_at], [5, [], null]);
    await keepFindings(test, one, other);
    const forth = await test.call('diffModels', { ...params(one), query: { with: other } });
    const back = await test.call('diffModels', { ...params(other), query: { with: one } });
    const rewards = ({ examples }: typeof forth) => examples.map((e) => [e.reward, e.other_reward]);
    assert.deepEqual([rewards(forth), rewards(back)], [[[0.9, 0.2]], [[0.2, 0.9]]]);
    const { highest, measured_at } = await test.call('getModelExamples', params(one));
    assert.deepEqual([highest[0]?.query, measured_at === null], ['Why?', false]);
    const unknown = test.call('diffModels', { ...params(one), query: { with: 'nobody' } });
    await assert.rejects(unknown, { code: 'model_not_found' });
  },
);
