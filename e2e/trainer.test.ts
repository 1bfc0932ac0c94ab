/** From people's ratings through PyTorch to an answer, with the real trainer: a cross-encoder that chooses, a policy that writes. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { before, describe, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { earlierTurns } from '@attune/core';
import { createClient } from '@attune/sdk';
import { readCorpus } from '../apps/server/src/cli/demo/corpus.ts';
import { readConfig } from '../apps/server/src/config.ts';
import { type RunningServer, startServer } from '../apps/server/src/main.ts';
import { hasTrainer, trainerPython, trainerSources } from '../apps/server/src/trainer-home.ts';
import { prepareCorpus, trained } from './harness/reward-model.ts';
import { dataFolder } from './harness/temp-folder.ts';
import { startUpstream } from './upstream.ts';

const python = trainerPython(readConfig(process.env));
const skip = (await hasTrainer(python)) ? false : `${python} has no trainer: ./attune trainer install`;
const storyModel = join(trainerSources, 'tests/fixtures/stories260K-hf');

async function start(folder: string, settings: Record<string, string>): Promise<RunningServer> {
  return startServer(
    readConfig({
      ATTUNE_DATA: folder,
      ATTUNE_PORT: '0',
      ATTUNE_LOG_LEVEL: 'error',
      ATTUNE_COMPARE_SHARE: '0',
      ATTUNE_THRESHOLD: '0',
      ATTUNE_TRAINER_PYTHON: python,
      ...settings,
    }),
  );
}

/** Runs a few lines of Python with the trainer and its tests' helpers at hand. */
async function inPython(lines: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, PYTHONPATH: `${trainerSources}:${join(trainerSources, 'tests')}` };
  return (await promisify(execFile)(python, ['-c', lines, ...args], { env, maxBuffer: 2 ** 26 })).stdout;
}

/** A policy's folder behind OpenAI's routes. Resolves to its address. */
async function servePolicy(t: TestContext, folder: string): Promise<string> {
  const args = ['-m', 'attune_trainer', 'serve', folder, '--name', 'stories', '--port', '0'];
  const server = spawn(python, args, { cwd: trainerSources, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(async () => {
    server.kill();
    await once(server, 'exit');
  });
  const [address]: string[] = await once(createInterface(server.stdout), 'line');
  return address ?? '';
}

describe('the trainer, from ratings to answers', { skip }, () => {
  let texts: { query: string; response: string }[];
  before(async () => {
    const corpus = await readCorpus();
    texts = corpus.flatMap(({ question, answers }) =>
      answers.map(({ text }) => ({ query: question, response: text })),
    );
  });

  test('a cross-encoder is trained, scores 1,000 texts as PyTorch does, is deployed and chooses', async (t) => {
    const folder = await dataFolder();
    const base = join(folder, 'encoder');
    await inPython(
      'import sys; from pathlib import Path; from tiny_encoder import tiny_encoder; tiny_encoder(Path(sys.argv[1]))',
      base,
    );
    const upstream = await startUpstream({ reply: ({ temperature }) => `An answer at ${temperature}.` });
    t.after(() => upstream.close());
    const server = await start(join(folder, 'data'), { ATTUNE_UPSTREAM_URL: upstream.url });
    t.after(() => server.close());
    const client = createClient({ url: server.url, apiKey: server.localKey });
    const dataset = await prepareCorpus(client, 'corpus', 60);
    const { id } = await client.createJob({
      body: {
        provider: 'custom',
        recipe: 'reward',
        dataset,
        base_model: base,
        model_name: 'cross',
        // So small an encoder may learn nothing in an epoch, and what is no better than its base is not registered; a
        // fitted head always is.
        hyperparameters: {
          max_length: 64,
          epochs: 1,
          threads: 1,
          learning_rate: 1e-3,
          onnx: 'fp32',
          fit_head_first: true,
        },
      },
    });
    const model = await trained(client, id);
    await client.deployModel({ params: { id: model }, body: { full: true, force: true } });

    const said = (n: number) =>
      Array.from({ length: n % 4 }, (_, turn) => texts.at(-1 - n - turn)).flatMap((one) => [
        { role: 'user', content: one?.query ?? '' },
        { role: 'assistant', content: one?.response ?? '' },
      ]);
    const rows = texts.slice(0, 1000).map((row, n) => ({
      ...row,
      context: earlierTurns([...said(n), { role: 'user', content: row.query }]),
    }));
    const asked = join(folder, 'rows.json');
    await writeFile(asked, JSON.stringify(rows));
    const saved = join(folder, 'data/runs', id, 'artifacts/model');
    const expected: number[] = JSON.parse(
      await inPython(
        `import json, sys
from attune_trainer.reward_model import load_reward_model
rows = [(row["context"], row["query"], row["response"]) for row in json.load(open(sys.argv[2]))]
print(json.dumps(load_reward_model(sys.argv[1]).score(rows).tolist()))`,
        saved,
        asked,
      ),
    );
    assert.equal(expected.length, 1000);
    const found = new Map<string, number>();
    const keyOf = ({ context, query, response = '' }: Partial<(typeof rows)[0]>) =>
      JSON.stringify([context, query, response]);
    for (const own of Map.groupBy(rows, ({ context, query }) => keyOf({ context, query })).values()) {
      const { query, context } = own[0] ?? { query: '', context: '' };
      const responses = own.map(({ response }) => response);
      const { scores } = await client.score({ body: { query, context, responses } });
      own.forEach((row, at) => {
        found.set(keyOf(row), scores[at]?.reward ?? Number.NaN);
      });
    }
    rows.forEach((row, at) => {
      const score = found.get(keyOf(row)) ?? Number.NaN;
      assert.ok(Math.abs(score - (expected[at] ?? 0)) < 1e-3, `${row.query} ${score} ${expected[at]}`);
    });

    const messages = [{ role: 'user' as const, content: 'How do I protect myself?' }];
    const { attune } = await client.chatCompletions({ body: { model: 'attune', messages } });
    assert.equal(attune.degraded, null);
    assert.ok(attune.reward_score !== null && attune.reward_score > 0 && attune.reward_score < 1);

    // A later turn is scored by the words that its feedback keeps and that a data set made of it trains on.
    const talk = [
      { role: 'system' as const, content: 'You are kind.' },
      ...messages,
      { role: 'assistant' as const, content: attune.response },
      { role: 'user' as const, content: 'And at work?' },
    ];
    const later = (await client.chatCompletions({ body: { model: 'attune', messages: talk } })).attune;
    const given = await client.giveFeedback({ body: { response_id: later.response_id, rating: 5 } });
    assert.equal(given.query_context, earlierTurns(talk));
    const { query, query_context: context, response } = given;
    const again = await client.score({ body: { query, context, responses: [response] } });
    assert.equal(again.scores[0]?.reward, later.reward_score);
    const alone = await client.score({ body: { query, responses: [response] } });
    assert.notEqual(alone.scores[0]?.reward, later.reward_score);
  });

  test('a policy is trained, registered, served, and answers through the gateway', async (t) => {
    const folder = await dataFolder();
    const learning = await start(join(folder, 'learning'), {});
    t.after(() => learning.close());
    const client = createClient({ url: learning.url, apiKey: learning.localKey });
    const dataset = await prepareCorpus(client, 'corpus', 30);
    const { id } = await client.createJob({
      body: {
        provider: 'custom',
        recipe: 'sft',
        dataset,
        base_model: storyModel,
        model_name: 'stories',
        hyperparameters: { max_length: 64, epochs: 0.5, threads: 1 },
      },
    });
    assert.equal(await trained(client, id), 'stories@1.0.0');
    const { items } = await client.listModels({ query: {} });
    assert.deepEqual([items[0]?.kind, items[0]?.status], ['policy', 'testing']);

    const address = await servePolicy(t, join(folder, 'learning/runs', id, 'artifacts/model'));
    const server = await start(join(folder, 'serving'), {
      ATTUNE_UPSTREAM_URL: address,
      ATTUNE_UPSTREAM_MODELS: 'stories',
    });
    t.after(() => server.close());
    const gateway = createClient({ url: server.url, apiKey: server.localKey });
    const messages = [{ role: 'user' as const, content: 'Once upon a time, there was a cat.' }];
    const body = { model: 'stories', messages, max_tokens: 24 };
    const answer = await gateway.chatCompletions({ body });
    assert.match(answer.choices[0]?.message.content ?? '', /\w/);
    assert.equal(answer.attune.candidates_count, 3);
  });
});
