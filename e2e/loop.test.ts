import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCorpus } from '../apps/server/src/cli/demo/corpus.ts';
import { runLoop } from '../apps/server/src/cli/demo/loop.ts';
import { createStages } from '../apps/server/src/cli/demo/stages.ts';
import { databases } from './harness/databases.ts';
import { startFromNothing } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

for (const database of databases) {
  test(`the loop on ${database.name}: the trained model beats random and longest on unseen questions`, async (t) => {
    const prepared = await database.prepare();
    if ('missing' in prepared) return t.skip(prepared.missing);
    const settings = { ...prepared.settings, ATTUNE_FEEDBACK_PER_MINUTE: '100000' };
    const server = await startFromNothing(await tempFolder(), settings);
    t.after(() => server.stop());
    const questions = await readCorpus();
    const { stage } = createStages(true);

    const { heldout, final_model } = await runLoop(server.client, server.url, questions, stage, 'static');

    assert.equal(heldout.questions, questions.length);
    const { random, longest, attune } = heldout.methods;
    assert.ok(
      attune.ci[0] > random.mean_rating,
      `attune ${attune.mean_rating} against random ${random.mean_rating}`,
    );
    assert.ok(
      attune.ci[0] > longest.mean_rating,
      `attune ${attune.mean_rating} against longest ${longest.mean_rating}`,
    );
    assert.ok(heldout.gap_closed > 0.6, `closes ${heldout.gap_closed} of the gap`);

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
