import assert from 'node:assert/strict';
import type { Lineage, LineageKind } from '@attune/contracts';
import { newId } from '../platform/ids.ts';
import { testOnEachDatabase } from './testing/each-database.ts';
import { openTestShip, type TestShip } from './testing/open-test-ship.ts';

interface Turn {
  answer: string;
  feedback: string[];
  pair: string;
  dataset: string;
  job: string;
  model: string;
}

/** One turn of the loop: an answer by an older model, two feedbacks, a pair of them, a data set, a job, a model. */
async function oneTurn({ platform, organization, register, call }: TestShip): Promise<Turn> {
  const { sql } = platform.database;
  const older = await register('older');
  const [answer, pair, dataset] = [newId(), newId(), newId()];
  const feedback = [newId(), newId()];
  await sql
    .insertInto('conversation_logs')
    .values({
      response_id: answer,
      organization,
      timestamp: new Date(),
      query: 'why?',
      context: '[]',
      all_candidates: '[]',
      policy: 'p',
      reward_model: older,
      selection: 'best',
      status: 'delivered',
      timings: '{}',
    })
    .execute();
  for (const [index, id] of feedback.entries()) {
    const about = {
      id,
      organization,
      response_id: index === 0 ? answer : null,
      person: id,
      source: 'user' as const,
    };
    const said = { query: 'why?', query_key: 'why', response: 'because', rating_overall: 4 - index };
    await sql
      .insertInto('rlhf_feedback')
      .values({
        ...about,
        ...said,
        feedback_type: 'rating',
        feedback_value: '{}',
        rating_dimensions: '{}',
        context: '{}',
      })
      .execute();
  }
  await sql
    .insertInto('training_datasets')
    .values({
      id: dataset,
      organization,
      name: 'd',
      description: '',
      dataset_type: 'reward',
      status: 'ready',
      feedback_ids: feedback,
      sample_count: 2,
      pair_count: 1,
    })
    .execute();
  await sql
    .insertInto('preference_pairs')
    .values({
      id: pair,
      organization,
      dataset_id: dataset,
      query: 'why?',
      chosen_response: 'a',
      rejected_response: 'b',
      preference_strength: 1,
      method: 'direct',
      source_feedback_ids: feedback,
    })
    .execute();
  const model = await register('younger');
  const { fine_tuning_job_id: job } = await call('getModel', { params: { id: model } });
  assert.ok(job !== null);
  await sql.updateTable('fine_tuning_jobs').set({ dataset_id: dataset }).where('id', '=', job).execute();
  await sql
    .updateTable('model_registry')
    .set({ dataset_id: dataset })
    .where('model_id', '=', model)
    .execute();
  await sql
    .insertInto('answer_counters')
    .values({ organization, reward_model: model, answers: 12 })
    .execute();
  return { answer, feedback, pair, dataset, job, model };
}

const kindsOf = (nodes: Lineage['upstream']) => [...new Set(nodes.map((node) => node.kind))];
const idsOf = (nodes: Lineage['upstream'], kind: LineageKind) =>
  nodes.filter((node) => node.kind === kind).map((node) => node.id);

await testOnEachDatabase('a model leads back to the answers that taught it', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const turn = await oneTurn(test);
  const lineage = await test.call('getLineage', { params: { kind: 'model', id: 'younger' } });
  assert.deepEqual(lineage.node.id, turn.model);
  assert.deepEqual(kindsOf(lineage.upstream), ['job', 'dataset', 'pair', 'feedback', 'answer']);
  assert.deepEqual(idsOf(lineage.upstream, 'feedback'), turn.feedback);
  assert.deepEqual(idsOf(lineage.upstream, 'answer'), [turn.answer]);
  assert.deepEqual(lineage.upstream_counts, { job: 1, dataset: 1, pair: 1, feedback: 2, answer: 1 });
  assert.deepEqual(lineage.downstream, []);
  assert.deepEqual(lineage.downstream_counts, { answer: 12 });
});

await testOnEachDatabase(
  'an answer leads on to the model it taught, and back to the one that chose it',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const turn = await oneTurn(test);
    const lineage = await test.call('getLineage', { params: { kind: 'answer', id: turn.answer } });
    assert.deepEqual(kindsOf(lineage.downstream), ['feedback', 'pair', 'dataset', 'job', 'model']);
    assert.deepEqual(idsOf(lineage.downstream, 'feedback'), [turn.feedback[0]]);
    assert.deepEqual(idsOf(lineage.downstream, 'model'), [turn.model]);
    assert.deepEqual(idsOf(lineage.upstream, 'model'), ['older@1.0.0']);
  },
);

await testOnEachDatabase('what stands in the middle leads both ways', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const turn = await oneTurn(test);
  for (const [middle, id] of [
    ['dataset', turn.dataset],
    ['pair', turn.pair],
    ['job', turn.job],
  ] as const) {
    const lineage = await test.call('getLineage', { params: { kind: middle, id } });
    assert.deepEqual(idsOf(lineage.upstream, 'answer'), [turn.answer], middle);
    assert.deepEqual(idsOf(lineage.downstream, 'model'), [turn.model], middle);
    assert.equal(lineage.downstream_counts.answer, 12, middle);
  }
});

await testOnEachDatabase('long lists are cut and counted', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const { sql } = test.platform.database;
  const { dataset, feedback } = await oneTurn(test);
  const pairs = Array.from({ length: 150 }, () => ({
    id: newId(),
    organization: test.organization,
    dataset_id: dataset,
    query: 'q',
    chosen_response: 'a',
    rejected_response: 'b',
    preference_strength: 1,
    method: 'direct' as const,
    source_feedback_ids: feedback,
  }));
  await sql.insertInto('preference_pairs').values(pairs).execute();
  const lineage = await test.call('getLineage', { params: { kind: 'dataset', id: dataset } });
  assert.equal(idsOf(lineage.upstream, 'pair').length, 100);
  assert.equal(lineage.upstream_counts.pair, 151);
});

await testOnEachDatabase('what is not there has no lineage', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const { dataset } = await oneTurn(test);
  const ask = (id: string, organization?: string) =>
    test.call('getLineage', { params: { kind: 'dataset', id } }, organization);
  for (const id of [newId(), 'no id at all']) await assert.rejects(ask(id), { code: 'lineage_not_found' });
  await assert.rejects(ask(dataset, test.other), { code: 'lineage_not_found' });
});

await testOnEachDatabase(
  'exports lead back to their data set, and a data set on to them',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const { dataset, answer } = await oneTurn(test);
    const id = newId();
    await test.platform.database.sql
      .insertInto('dataset_exports')
      .values({
        id,
        organization: test.organization,
        dataset_id: dataset,
        sha256: '0'.repeat(64),
        format: 'ratings',
        file_name: 'demo.ratings.jsonl',
        rows: 2,
      })
      .execute();
    const { downstream } = await test.call('getLineage', { params: { kind: 'dataset', id: dataset } });
    assert.deepEqual(idsOf(downstream, 'export'), [id]);
    const lineage = await test.call('getLineage', { params: { kind: 'export', id } });
    assert.equal(lineage.node.label, 'demo.ratings.jsonl');
    const pair = lineage.upstream.find(({ kind }) => kind === 'pair');
    assert.deepEqual([pair?.label, pair?.facts], ['why?', ['direct']]);
    assert.deepEqual(idsOf(lineage.upstream, 'dataset'), [dataset]);
    assert.deepEqual(idsOf(lineage.upstream, 'answer'), [answer]);
    assert.deepEqual(lineage.upstream_counts, { dataset: 1, pair: 1, feedback: 2, answer: 1 });
  },
);

await testOnEachDatabase('a blend leads back to its two models and what taught them', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const turn = await oneTurn(test);
  const blend = await test.register('blend');
  const card = JSON.stringify({ recipe: 'blend', models: ['older@1.0.0', turn.model] });
  const { sql } = test.platform.database;
  await sql.updateTable('model_registry').set({ card }).where('model_id', '=', blend).execute();
  const lineage = await test.call('getLineage', { params: { kind: 'model', id: 'blend' } });
  assert.deepEqual(idsOf(lineage.upstream, 'model'), ['older@1.0.0', turn.model]);
  assert.ok(idsOf(lineage.upstream, 'job').includes(turn.job));
  assert.deepEqual(idsOf(lineage.upstream, 'answer'), [turn.answer]);
  const { downstream } = await test.call('getLineage', { params: { kind: 'model', id: 'younger' } });
  assert.deepEqual(idsOf(downstream, 'model'), [blend]);
  const answers = await test.call('getLineage', { params: { kind: 'answer', id: turn.answer } });
  assert.deepEqual(idsOf(answers.downstream, 'model').toSorted(), [blend, turn.model]);
});
