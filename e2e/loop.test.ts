import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCorpus } from '../apps/server/src/cli/demo/corpus.ts';
import { runLoop } from '../apps/server/src/cli/demo/loop.ts';
import { createStages } from '../apps/server/src/cli/demo/stages.ts';
import { databases } from './harness/databases.ts';
import { startFromNothing } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

/** What is learnt does not depend on the database: it is measured on one, on all questions. */
const parts = { PGlite: 427, PostgreSQL: 100 };

for (const database of databases) {
  const count = parts[database.name];
  test(`the loop on ${database.name}, with ${count} questions: the trained model beats random on unseen ones`, async (t) => {
    const prepared = await database.prepare();
    if ('missing' in prepared) return t.skip(prepared.missing);
    const settings = { ...prepared.settings, ATTUNE_FEEDBACK_PER_MINUTE: '100000' };
    const server = await startFromNothing(await tempFolder(), settings);
    t.after(() => server.stop());
    const questions = (await readCorpus()).slice(0, count);
    const { stage } = createStages(true);

    const { heldout, final_model } = await runLoop(server.client, server.url, questions, stage, 'static');

    assert.equal(heldout.questions, questions.length);
    const { random, longest, attune } = heldout.methods;
    const below = `attune ${attune.mean_rating}, random ${random.mean_rating}, longest ${longest.mean_rating}`;
    assert.ok(attune.mean_rating > random.mean_rating, below);
    if (count === parts.PGlite) {
      assert.ok(attune.ci[0] > random.mean_rating && attune.ci[0] > longest.mean_rating, below);
      assert.ok(heldout.gap_closed > 0.6, `closes ${heldout.gap_closed} of the gap`);
    }

    const model = await server.client.getModel({ params: { id: final_model } });
    assert.equal(model.status, 'deployed');
    const live = await server.client.chatCompletions({
      body: { model: 'recorded', messages: [{ role: 'user', content: questions[0]?.question ?? '' }] },
    });
    assert.equal(live.attune.reward_model, final_model);
    const lineage = await server.client.getLineage({ params: { kind: 'model', id: final_model } });
    const kinds = new Set(lineage.upstream.map(({ kind }) => kind));
    for (const kind of ['job', 'dataset', 'feedback'] as const)
      assert.ok(kinds.has(kind), `no ${kind} upstream`);
  });
}
