import assert from 'node:assert/strict';
import { demoSnapshot } from './testing/demo-snapshot.ts';
import { testOnEachDatabase } from './testing/each-database.ts';
import { eventsOf } from './testing/job-events.ts';
import { openTestLearn, type TestLearn } from './testing/open-test-learn.ts';

/** A model trained on the first 40 questions, and its snapshot. */
async function trained(test: TestLearn) {
  const ratings = demoSnapshot(40);
  await test.freeze('some', { ratings });
  const { stop } = await test.replica(true);
  const body = { dataset: 'some', hyperparameters: { recipe: 'plain' as const } };
  const { id } = await test.call('createJob', { body });
  await Array.fromAsync(eventsOf(await test.fetch('watchJob', { params: { id } })));
  await stop();
  return ratings;
}

await testOnEachDatabase(
  'a model is measured on what it was not trained on, and the result is kept',
  async (kind) => {
    const test = await openTestLearn(kind);
    const seen = (await trained(test)).filter((row) => row.split === 'train');
    const rows = demoSnapshot(60).map(({ query, response, rating }) => {
      return { user_prompt: query, ai_response: response, rating };
    });
    const evaluation = await test.call('evaluateModel', { body: { model: 'reward', ratings: rows } });
    assert.equal(evaluation.excluded_training_queries, seen.length);
    assert.equal(evaluation.metrics.n, rows.length - seen.length);
    assert.equal(evaluation.metrics.queries, 28);
    assert.ok(evaluation.metrics.best_of_n !== null && evaluation.metrics.auc !== null);
    const again = await test.call('evaluateModel', { body: { model: 'reward', ratings: rows } });
    assert.equal(again.data_hash, evaluation.data_hash);
    assert.deepEqual(again.metrics, evaluation.metrics);
    const stored = await test.platform.database.sql
      .selectFrom('evaluations')
      .select(['model_id', 'metrics'])
      .where('id', '=', evaluation.id)
      .executeTakeFirst();
    assert.deepEqual(stored, { model_id: evaluation.model_id, metrics: evaluation.metrics });

    const heldOut = await test.call('evaluateModel', { body: { model: 'reward', dataset: 'some' } });
    assert.deepEqual([heldOut.metrics.queries, heldOut.excluded_training_queries], [8, 0]);

    const pairs = [
      { prompt: 'Is it far?', chosen: 'It is two miles, a short walk.', rejected: 'I am a parrot.' },
      { prompt: seen[0]?.query ?? '', chosen: 'one', rejected: 'two' },
    ];
    const compared = await test.call('evaluateModel', { body: { model: 'reward', pairs } });
    assert.deepEqual([compared.metrics.n, compared.excluded_training_queries], [1, 1]);
    assert.equal(compared.metrics.accuracy, null);
  },
);

await testOnEachDatabase('what cannot be measured is refused with the reason', async (kind) => {
  const test = await openTestLearn(kind);
  const [first] = await trained(test);
  const known = [{ user_prompt: first?.query ?? '', ai_response: 'a', rating: 4 }];
  const fresh = [{ user_prompt: 'Is it new?', ai_response: 'a', rating: 4 }];
  const evaluate = (body: object) => test.call('evaluateModel', { body: { model: 'reward', ...body } });
  await assert.rejects(evaluate({ ratings: known }), { code: 'not_enough_data' });
  await assert.rejects(evaluate({ ratings: [] }), { code: 'not_enough_data' });
  await assert.rejects(evaluate({ ratings: fresh, model: 'unknown' }), { code: 'model_not_found' });
  await assert.rejects(evaluate({ dataset: 'unknown' }), { code: 'dataset_not_found' });
  await assert.rejects(evaluate({}), { code: 'invalid_request' });
  const body = { model: 'reward', ratings: fresh };
  await assert.rejects(test.call('evaluateModel', { body }, test.other), { code: 'model_not_found' });
  const model = test.models.of(test.organization)[0];
  assert.ok(model !== undefined);
  model.artifactSha256 = await test.platform.blobs.put(new TextEncoder().encode('not a model'));
  await assert.rejects(evaluate({ ratings: fresh }), { code: 'model_not_deployable' });
});
