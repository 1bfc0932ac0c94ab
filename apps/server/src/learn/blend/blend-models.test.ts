import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadEmbedder, loadRewardScorer } from '@attune/reward';
import { demoSnapshot, modelsFolder } from '../testing/demo-snapshot.ts';
import { testOnEachDatabase } from '../testing/each-database.ts';
import { eventsOf } from '../testing/job-events.ts';
import { openTestLearn, type TestLearn } from '../testing/open-test-learn.ts';

const tiny = join(
  import.meta.dirname,
  '../../../../../packages/reward/src/cross-encoder/testing/tiny.attune',
);

/** A linear model by a run on the data set `demo`. */
async function trained(it: TestLearn, recipe: 'plain' | 'attune'): Promise<string> {
  const hyperparameters = { recipe, embedder: 'static' as const, seed: 1 };
  const { id } = await it.call('createJob', {
    body: { dataset: 'demo', model_name: recipe, hyperparameters },
  });
  await Array.fromAsync(eventsOf(await it.fetch('watchJob', { params: { id } })));
  const { resulting_model_id } = await it.call('getJob', { params: { id } });
  assert.ok(resulting_model_id !== null);
  return resulting_model_id;
}

/** A cross-encoder that has learnt nothing of the demo corpus, as a run of the trainer would register it. */
async function encoder(it: TestLearn, dataset: string): Promise<string> {
  const file = await readFile(tiny);
  const artifact = { sha256: await it.platform.blobs.put(file), bytes: file.byteLength };
  const { modelId } = await it.models.registry().register({
    organization: it.organization,
    name: 'encoder',
    jobId: null,
    datasetId: dataset,
    baseModel: 'tiny',
    card: { recipe: 'reward' },
    metrics: {},
    kind: 'reward',
    artifact,
  });
  return modelId;
}

await testOnEachDatabase(
  'two models become one that scores by both, with what it gains on questions that neither saw',
  async (kind) => {
    const it = await openTestLearn(kind);
    const dataset = await it.freeze('demo', { ratings: demoSnapshot(200) });
    const { stop } = await it.replica(true);
    const linear = await trained(it, 'attune');
    const other = await encoder(it, dataset);
    const blend = await it.call('blendModels', {
      body: { models: [linear, other], dataset: 'demo', name: 'both' },
    });
    assert.deepEqual(blend.models, [linear, other]);
    assert.ok(blend.weight > 0.7, 'the model that has learnt something has the say');
    assert.equal(blend.metrics.queries, 40, 'the validation split alone');
    assert.equal(blend.excluded_training_queries, 0);
    const [onLinear, onEncoder] = blend.gains;
    assert.ok((onLinear?.pair_accuracy.ci[0] ?? 1) <= 0, 'nothing is gained on the better model');
    assert.ok((onEncoder?.pair_accuracy.ci[0] ?? 0) > 0, 'much is gained on the other');
    assert.equal(blend.recommended, false);

    const registered = it.models.of(it.organization).at(-1);
    assert.deepEqual([registered?.modelId, registered?.kind], [blend.model_id, 'reward']);
    assert.deepEqual(registered?.card.models, [linear, other]);
    assert.equal(registered?.card.recommended, false);
    assert.deepEqual(registered?.metrics.pair_accuracy, blend.metrics.pair_accuracy);
    const file = await it.platform.blobs.get(registered?.artifactSha256 ?? '');
    assert.ok(file !== undefined);
    const scorer = await loadRewardScorer(file, (name) => loadEmbedder(name, modelsFolder));
    const [score] = await scorer.score({ query: 'How do I wash my hands?' }, [
      'With soap, for twenty seconds.',
    ]);
    assert.ok(score !== undefined && score.reward > 0 && score.reward < 1);
    await scorer.close();

    // It was weighed on the validation split: what is measured there now would be no measurement.
    const again = it.call('evaluateModel', { body: { model: blend.model_id, dataset: 'demo' } });
    await assert.rejects(again, { code: 'not_enough_data' });
    await stop();
  },
);

await testOnEachDatabase('a blend needs two reward models and enough held-out questions', async (kind) => {
  const it = await openTestLearn(kind);
  const dataset = await it.freeze('demo', { ratings: demoSnapshot(30) });
  const one = await encoder(it, dataset);
  const made = (models: [string, string], name = 'demo') =>
    it.call('blendModels', { body: { models, dataset: name } });
  await assert.rejects(made([one, 'nothing']), { code: 'model_not_found' });
  await assert.rejects(made([one, one], 'nowhere'), { code: 'dataset_not_found' });
  await assert.rejects(made([one, one]), { code: 'not_enough_data', message: /takes 20 questions/ });
});
