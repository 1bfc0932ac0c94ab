/**
 * Jobs on a real Ray cluster of one machine. Ray listens on every interface whatever it is told, so the cluster and the
 * test that talks to it run in a network namespace of their own.
 */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Job, JobEvent } from '@attune/contracts';
import { type AttuneClient, createClient } from '@attune/sdk';
import { readConfig } from '../apps/server/src/config.ts';
import { eventsOf } from '../apps/server/src/learn/testing/job-events.ts';
import { type RunningServer, startServer } from '../apps/server/src/main.ts';
import { hasTrainer, trainerPython, trainerSources } from '../apps/server/src/trainer-home.ts';
import { tempFolder } from './harness/temp-folder.ts';

const INSIDE = 'ATTUNE_TEST_INSIDE_NAMESPACE';
const python = trainerPython(readConfig(process.env));
const storyModel = join(trainerSources, 'tests/fixtures/stories260K-hf');
// A head's workers take ports between 10002 and 19999.
const GCS_PORT = 6399;
const DASHBOARD_PORT = 8265;
const token = randomBytes(32).toString('hex');

/** With processes of its own as well: they all end with the namespace. */
const namespace = [
  ...['--map-root-user', '--net', '--pid', '--fork', '--mount-proc', '--kill-child'],
  ...['sh', '-c', 'ip link set lo up && exec "$@"', 'sh'],
];

async function missing(): Promise<string | false> {
  if (!(await hasTrainer(python))) return `${python} has no trainer: ./attune trainer install`;
  const run = promisify(execFile);
  try {
    await run(python, ['-c', "import importlib.util as u, sys; sys.exit(u.find_spec('ray') is None)"]);
  } catch {
    return `${python} has no Ray: install trainer[ray] into it`;
  }
  try {
    await run('unshare', [...namespace, 'true']);
  } catch {
    return 'this machine lets nobody make a network namespace (unshare, ip)';
  }
  return false;
}

async function outside(): Promise<void> {
  const node = [process.execPath, '--test', '--test-reporter=spec', import.meta.filename];
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const inner = spawn('unshare', [...namespace, ...node], {
    env: { ...env, [INSIDE]: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  for (const stream of [inner.stdout, inner.stderr]) {
    stream.on('data', (text) => {
      told += text;
    });
  }
  const [code] = await once(inner, 'exit');
  assert.equal(code, 0, told);
}

/** Starts a cluster of this machine alone; it ends with the namespace. Resolves to its address. */
async function startRay(folder: string): Promise<{ url: string; stop(): void }> {
  const options = ['--head', '--num-cpus=3', `--port=${GCS_PORT}`, '--disable-usage-stats'];
  const places = [`--temp-dir=${join(folder, 'ray')}`, '--dashboard-host=127.0.0.1'];
  const secured = { RAY_AUTH_MODE: 'token', RAY_AUTH_TOKEN: token };
  // A busy machine takes longer to start Ray's agents than Ray waits for them.
  const patient = { RAY_agent_register_timeout_ms: '300000' };
  const env = { ...process.env, ...secured, ...patient, PYTHONPATH: trainerSources };
  const ray = join(dirname(python), 'ray');
  const cluster = spawn(
    ray,
    ['start', '--block', ...options, ...places, `--dashboard-port=${DASHBOARD_PORT}`],
    {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const url = `http://127.0.0.1:${DASHBOARD_PORT}`;
  while (!(await hasNode(url))) await sleep(250);
  return { url, stop: () => cluster.kill() };
}

/** Whether a node of the cluster takes work. */
async function hasNode(url: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  const nodes = await fetch(`${url}/nodes?view=summary`, { headers }).then(
    (response) => response.text(),
    () => '',
  );
  return nodes.includes('"state": "ALIVE"') || nodes.includes('"state":"ALIVE"');
}

if (process.env[INSIDE] === undefined) {
  test('jobs on a real Ray cluster', { skip: await missing() }, outside);
} else {
  describe('on a real cluster', () => {
    let cluster: Awaited<ReturnType<typeof startRay>>;
    let server: RunningServer;
    let client: AttuneClient;
    let dataset: string;

    before(async () => {
      // Short: Ray's sockets lie below it.
      const folder = await tempFolder();
      cluster = await startRay(folder);
      server = await startServer(
        readConfig({
          ATTUNE_DATA: join(folder, 'data'),
          ATTUNE_PORT: '0',
          ATTUNE_LOG_LEVEL: 'error',
          ATTUNE_RAY_URL: cluster.url,
          ATTUNE_RAY_TOKEN: token,
          ATTUNE_RAY_PYTHON: python,
          // Ray Train shares the run out; with one worker the entry point is the run itself.
          ATTUNE_RAY_WORKERS: '2',
          ATTUNE_RAY_FOLDER: join(folder, 'runs'),
        }),
      );
      client = createClient({ url: server.url, apiKey: server.localKey });
      dataset = await storiesIn(client);
    });
    after(async () => {
      await server.close();
      cluster.stop();
    });

    const submit = (hyperparameters: object): Promise<Job> => {
      const settings = { max_length: 64, batch_size: 8, threads: 1, warmup_steps: 0, ...hyperparameters };
      const what = {
        provider: 'custom',
        runner: 'ray',
        recipe: 'sft',
        dataset,
        base_model: storyModel,
      } as const;
      return client.createJob({ body: { ...what, model_name: 'stories', hyperparameters: settings } });
    };
    /** What is told of a job until an event of that kind, or to its end. */
    const until = async (id: string, wanted: (event: JobEvent) => boolean): Promise<JobEvent[]> => {
      const headers = { authorization: `Bearer ${server.localKey}` };
      const seen: JobEvent[] = [];
      const response = await fetch(`${server.url}/api/fine-tuning/jobs/${id}/events`, { headers });
      for await (const event of eventsOf(response)) {
        seen.push(event);
        if (wanted(event)) break;
      }
      return seen;
    };

    test('a run becomes a model in testing, with its files', async () => {
      const { id } = await submit({ epochs: 1, checkpoint_every: 5 });
      await until(id, () => false);
      const job = await client.getJob({ params: { id } });
      assert.deepEqual([job.status, job.error_message], ['completed', null]);
      assert.equal(job.resulting_model_id, 'stories@1.0.0');
      assert.ok(Number.isFinite(job.latest_metrics.loss));
      const { items } = await client.jobArtifacts({ params: { id } });
      const weights = items.find(({ name }) => name === 'model/model.safetensors');
      assert.ok(weights !== undefined);
      assert.ok(weights.bytes > 500_000);
    });

    test('cancelled it leaves its checkpoint within seconds, and goes on from there', async () => {
      const { id } = await submit({ epochs: 100, checkpoint_every: 10 });
      await until(id, ({ type }) => type === 'checkpoint');
      await client.cancelJob({ params: { id } });
      // What it says while it stops comes after the end of the job.
      const hasStopped = async () => (await until(id, () => false)).some(({ type }) => type === 'stopped');
      while (!(await hasStopped())) await sleep(250);
      const job = await client.getJob({ params: { id } });
      assert.equal(job.status, 'cancelled');
      await client.resumeJob({ params: { id } });
      let starts = 0;
      const resumed = await until(id, (event) => event.type === 'started' && ++starts === 2);
      const started = resumed.at(-1);
      assert.equal(started?.type === 'started' ? started.resumed_from : null, job.checkpoint_step);
      await client.cancelJob({ params: { id } });
    });
  });
}

/** Rated stories, one good and one bad for each beginning. Resolves to the id of their data set. */
async function storiesIn(client: AttuneClient): Promise<string> {
  const heroes = ['Lily', 'Tom', 'Mia', 'Ben', 'Sue', 'Tim', 'Amy', 'Max'];
  const rows = Array.from({ length: 40 }, (_, k) => {
    const user_prompt = `Once upon a time, ${heroes[k % heroes.length]} went out on day ${k}.`;
    const ending = { user_prompt, user_id: 'rater' };
    return [
      { ...ending, ai_response: ' It was sunny. They were very happy and played all day.', rating: 5 },
      { ...ending, ai_response: ' It was dark. They were sad and cried all day.', rating: 1 },
    ];
  }).flat();
  await client.importRatings({ body: { rows: rows.map((data, at) => ({ line: at + 1, data })) } });
  return (await client.prepareDataset({ body: { name: 'stories', person_cap: 1 } })).id;
}
