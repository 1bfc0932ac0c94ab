import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RetrainingRule } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import { readCorpus } from '../apps/server/src/cli/demo/corpus.ts';
import { attune } from './harness/command.ts';
import { databases } from './harness/databases.ts';
import { deployRewardModel } from './harness/reward-model.ts';
import { type ServerProcess, startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

/** Has real ratings of some questions of the demo corpus imported and approved. */
async function approveRatings(client: AttuneClient, from: number, to: number): Promise<void> {
  const rows = (await readCorpus()).slice(from, to).flatMap(({ question, answers }) =>
    answers.flatMap(({ text, ratings }) =>
      ratings.map((rating, person) => ({
        user_prompt: question,
        ai_response: text,
        rating,
        user_id: `rater-${person}`,
      })),
    ),
  );
  await client.importRatings({ body: { rows: rows.map((data, index) => ({ line: index + 1, data })) } });
  for (;;) {
    const { items } = await client.listFeedback({ query: { status: 'pending', limit: 200 } });
    if (items.length === 0) return;
    const ids = items.map(({ id }) => id);
    await client.bulkUpdateFeedback({ body: { ids, patch: { status: 'approved' } } });
  }
}

async function untilEnded(client: AttuneClient, id: string): Promise<RetrainingRule> {
  for (;;) {
    const rule = await client.getRetrainingRule({ params: { id } });
    if (rule.last_run !== null && rule.last_run.ended_at !== null) return rule;
    await sleep(500);
  }
}

for (const database of databases) {
  test(`fifty approved ratings retrain once, and nobody notices but the registry (${database.name})`, async (t) => {
    const prepared = await database.prepare();
    if ('missing' in prepared) return t.skip(prepared.missing);
    const folder = await tempFolder();
    const servers: ServerProcess[] = [await startProcess(folder, prepared.settings)];
    t.after(() => Promise.all(servers.map((server) => server.stop())));
    // The embedded database has one server; on PostgreSQL two decide.
    if (database.name === 'PostgreSQL') servers.push(await startProcess(folder, prepared.settings));
    const client = servers.at(-1)?.client;
    assert.ok(client !== undefined);

    const live = await deployRewardModel(client, 'reward', 60);
    await approveRatings(client, 60, 80);
    const { id } = await client.createRetrainingRule({
      body: {
        name: 'Weekly',
        trigger: { ratings: 50 },
        training: {},
        evaluation_set: 'reward-data',
        shadow_share: 0.1,
      },
    });
    const { last_run: run } = await untilEnded(client, id);
    assert.equal(run?.error_message, null);
    const model = await client.getModel({ params: { id: run?.model_id ?? '' } });
    assert.deepEqual([model.name, model.status, model.fine_tuning_job_id], ['reward', 'testing', run?.id]);
    assert.notEqual(model.model_id, live);
    assert.equal((await client.getModel({ params: { id: live } })).status, 'deployed');
    const { items: ramps } = await client.listRamps({ query: {} });
    assert.deepEqual([...new Set(ramps.map(({ model_id }) => model_id))], [live]);

    const { metrics, excluded_training_queries } = run?.evaluation ?? assert.fail('it was measured');
    assert.ok(metrics.n > 0);
    assert.equal(excluded_training_queries, 0, 'what the evaluation set holds out was kept out of training');

    const { upstream } = await client.getLineage({ params: { kind: 'model', id: model.model_id } });
    const kinds = new Set(upstream.map(({ kind }) => kind));
    assert.deepEqual(kinds, new Set(['job', 'dataset', 'pair', 'feedback']));

    const { items: jobs } = await client.listJobs({ query: {} });
    assert.equal(jobs.length, 2, 'the live model’s and one of the rule');
    const { items: alerts } = await client.listAlerts({ query: {} });
    const [ready] = alerts.filter(({ kind }) => kind === 'model_ready');
    assert.deepEqual([ready?.reward_model, ready?.state], [model.model_id, 'firing']);
    const gates = await client.getModelGates({ params: { id: model.model_id } });
    assert.equal(gates.measurement?.requested_by, 'system', 'who is asked sees what the gates say');
    const { shadow } = await client.getShadow({ params: { id: model.model_id } });
    assert.deepEqual([shadow?.status, shadow?.share], ['running', 0.1]);
    const seen = await client.acknowledgeAlert({ params: { id: ready?.id ?? '' } });
    assert.equal(seen.state, 'resolved');

    const dryRun = await attune(['retrain', 'dry-run', 'Weekly', '--data', folder]);
    assert.match(dryRun.stdout, /not yet: 0 of 50 new approved ratings/);
    const rules = await attune(['retrain', 'rules', '--data', folder, '--json']);
    assert.deepEqual(JSON.parse(rules.stdout)[0].last_run.model_id, model.model_id);
    const unknown = await attune(['retrain', 'run', 'Nightly', '--data', folder]);
    assert.deepEqual([unknown.code, /no retraining rule/.test(unknown.stderr)], [1, true]);
  });
}
