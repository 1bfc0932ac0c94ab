import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { AttuneClient } from '@attune/sdk';
import { readCorpus } from '../apps/server/src/cli/demo/corpus.ts';
import { startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';
import { runWorkflow } from './harness/workflow.ts';

const workflow = join(import.meta.dirname, '../examples/retrain/.github/workflows/retrain.yml');
const QUESTIONS = 90;

async function importRatings(client: AttuneClient): Promise<void> {
  const rows = (await readCorpus()).slice(0, QUESTIONS).flatMap(({ question, answers }, number) =>
    answers.flatMap(({ text, ratings }) =>
      ratings.map((rating, person) => ({
        user_prompt: question,
        ai_response: text,
        rating,
        user_id: `rater-${number % 9}-${person}`,
      })),
    ),
  );
  const numbered = rows.map((data, index) => ({ line: index + 1, data }));
  for (let start = 0; start < numbered.length; start += 500)
    await client.importRatings({ body: { rows: numbered.slice(start, start + 500) } });
}

test('the retraining workflow prepares, trains, measures, sums up and deploys against a real server', async (t) => {
  const server = await startProcess(await tempFolder());
  t.after(() => server.stop());
  await importRatings(server.client);
  const { key } = await server.client.createKey({ body: { name: 'workflow', role: 'trainer' } });
  const settings = new Map([
    ['vars.ATTUNE_URL', server.url],
    ['secrets.ATTUNE_API_KEY', key],
    ['vars.ATTUNE_MODEL', 'retrained'],
  ]);

  const run = await runWorkflow(workflow, await tempFolder(), settings);
  assert.equal(run.failed, null);
  assert.deepEqual(run.ran, [
    'Find the command line',
    'Prepare data',
    'Train',
    'Measure against the gates',
    'Find the command line',
    'Deploy in steps, watched by guards',
  ]);
  const model = run.outputs.get('needs.train.outputs.model');
  assert.equal(model, 'retrained@1.0.0');
  assert.match(run.summary, /^## retrained@1\.0\.0\nEvery gate lets it through\./);
  assert.match(run.summary, /## Deployment\n\n```\n.*retrained@1\.0\.0/s);
  const [ramp] = (await server.client.listRamps({ query: {} })).items;
  assert.deepEqual([ramp?.model_id, ramp?.state], [model, 'ramping']);

  const tooMuch = new Map([...settings, ['vars.ATTUNE_MINIMUM', '100000']]);
  const refused = await runWorkflow(workflow, await tempFolder(), tooMuch);
  assert.equal(refused.failed?.step, 'Prepare data');
  assert.match(refused.failed?.output ?? '', /not_enough_data/);
  assert.deepEqual(refused.ran, ['Find the command line', 'Prepare data']);
});
