import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Dataset, Metrics, Model, Ramp } from '@attune/contracts';
import { z } from 'zod';
import { type DemoQuestion, readCorpus } from '../apps/server/src/cli/demo/corpus.ts';
import { attune, type Outcome } from './harness/command.ts';
import { startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

/** The result of a command that must have worked. */
function resultOf<Schema extends z.ZodType>(outcome: Outcome, schema: Schema, code = 0): z.output<Schema> {
  assert.equal(outcome.code, code, outcome.stderr);
  return schema.parse(JSON.parse(outcome.stdout));
}

const Failed = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    hint: z.string(),
    param: z.string().nullable(),
    request_id: z.string().nullable(),
  }),
});

/** The error of a command that must have failed. */
function errorOf(outcome: Outcome): z.output<typeof Failed>['error'] {
  assert.equal(outcome.code, 1, outcome.stdout);
  assert.equal(outcome.stdout, '');
  return Failed.parse(JSON.parse(outcome.stderr)).error;
}

const Imported = z.object({
  imported: z.number(),
  already_there: z.number(),
  errors: z.array(z.object({ line: z.number(), param: z.string(), message: z.string() })),
});
const Estimate = z.object({ value: z.number(), ci: z.tuple([z.number(), z.number()]), n: z.number() });

function ratingsOf(questions: readonly DemoQuestion[]) {
  return questions.flatMap(({ question, answers }) =>
    answers.flatMap(({ text, ratings }) =>
      ratings.map((rating, person) => ({
        user_prompt: question,
        ai_response: text,
        rating,
        user_id: `rater-${person}`,
      })),
    ),
  );
}

function csvOf(rows: readonly Record<string, string | number>[]): string[] {
  const cell = (value: string | number) => `"${String(value).replaceAll('"', '""')}"`;
  return [Object.keys(rows[0] ?? {}).join(','), ...rows.map((row) => Object.values(row).map(cell).join(','))];
}

test('the command line, from a file to traffic and back', async (t) => {
  const folder = await tempFolder();
  const data = join(folder, 'data');
  const server = await startProcess(data);
  t.after(() => server.stop());
  const here = { ATTUNE_DATA: data };
  const run = (...args: string[]) => attune([...args, '--json'], here, folder);
  const questions = await readCorpus();
  const training = ratingsOf(questions.slice(0, 40));
  const heldOut = ratingsOf(questions.slice(40, 80));

  await t.test('import ratings: good rows are kept, bad ones named by their line', async () => {
    const [heading = '', ...rows] = csvOf(training);
    const linesBefore = rows.slice(0, 10).join('\r\n').split('\n').length;
    const bad = [
      '"q","a","six","x"',
      '"q","a","9","x"',
      '"q","a","5"',
      '"q","","5","x"',
      '"q","a" b,"5","x"',
    ];
    const file = join(folder, 'ratings.csv');
    const text = [`\uFEFF${heading}`, ...rows.slice(0, 10), '', ...bad, ...rows.slice(10)].join('\r\n');
    await writeFile(file, text);
    const first = resultOf(await run('import', 'ratings', file), Imported, 1);
    const firstBad = 1 + linesBefore + 1 + 1;
    assert.deepEqual(
      first.errors.map(({ line, param }) => [line - firstBad, param]),
      [
        [0, 'rating'],
        [1, 'rating'],
        [2, ''],
        [3, 'ai_response'],
        [4, ''],
      ],
    );
    assert.equal(first.imported + first.already_there, training.length);
    const again = resultOf(await run('import', 'ratings', file), Imported, 1);
    assert.deepEqual([again.imported, again.already_there], [0, training.length]);
    const people = await attune(['import', 'ratings', file, '--data', data]);
    assert.equal(people.code, 1);
    assert.match(people.stdout, new RegExp(`^  line ${firstBad}: rating: `, 'm'));
    assert.match(people.stderr, /Import ratings +0 imported, \d+ there already/);
  });

  await t.test('import pairs, documents and conversations from JSON lines', async () => {
    const files = {
      pairs: ['{"prompt":"p","chosen":"a","rejected":"b"}', '{"prompt":"p","chosen":"a","rejected":"a"}'],
      documents: ['{"title":"T","text":"Water is wet.","url":"https://example.org"}', '{"title":"no text"}'],
      conversations: [
        '{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"rating":4}',
        '{"messages":"none"}',
      ],
    };
    for (const [kind, [good, wrong]] of Object.entries(files)) {
      const file = join(folder, `${kind}.jsonl`);
      await writeFile(file, `${good}\n\n{"broken\n${wrong}\n`);
      const first = resultOf(await run('import', kind, file), Imported, 1);
      assert.deepEqual([first.imported, first.already_there], [1, 0], kind);
      assert.deepEqual(
        first.errors.map(({ line }) => line),
        [3, 4],
        kind,
      );
      const again = resultOf(await run('import', kind, file), Imported, 1);
      assert.deepEqual([again.imported, again.already_there], [0, 1], kind);
    }
    await writeFile(join(folder, 'good.jsonl'), `${files.documents[0]}\n`);
    resultOf(await run('import', 'documents', join(folder, 'good.jsonl')), Imported, 0);
  });

  await t.test('prepare makes a frozen data set', async () => {
    const dataset = resultOf(await run('prepare', '--name', 'first', '--seed', '7'), Dataset);
    assert.deepEqual([dataset.name, dataset.status], ['first', 'ready']);
    assert.ok(dataset.sample_count > 100);
    assert.equal(errorOf(await run('prepare')).code, 'not_enough_data');
  });

  await t.test('train gives a model with its data set and measurements', async () => {
    const Trained = z.object({
      model: z.string(),
      dataset: z.string(),
      metrics: z.record(z.string(), z.unknown()),
    });
    const trained = resultOf(await run('train', 'reward', '--dataset', 'first', '--name', 'good'), Trained);
    assert.deepEqual([trained.model, trained.dataset], ['good@1.0.0', 'first']);
    assert.ok(Object.keys(trained.metrics).length > 0);
    const plain = await run('train', 'reward', '--dataset', 'first', '--name', 'good', '--recipe', 'plain');
    assert.notEqual(resultOf(plain, Trained).model, trained.model);
    assert.equal(errorOf(await run('train', 'reward', '--dataset', 'none')).code, 'dataset_not_found');
  });

  await t.test('evaluate measures on ratings and on pairs, with baselines', async () => {
    const file = join(folder, 'heldout.jsonl');
    await writeFile(file, heldOut.map((row) => JSON.stringify(row)).join('\n'));
    const outcome = await run('evaluate', '--model', 'good@1.0.0', '--ratings', file);
    const metrics = resultOf(outcome, Metrics.extend({ excluded_training_queries: z.number() }));
    assert.ok(metrics.n > 0 && metrics.n <= heldOut.length);
    for (const name of ['accuracy', 'auc', 'pair_accuracy'] as const) Estimate.parse(metrics[name]);
    for (const name of ['mean_rating', 'random', 'oracle'] as const)
      Estimate.parse(metrics.best_of_n?.[name]);
    const value = (name: 'mean_rating' | 'random' | 'oracle') =>
      metrics.best_of_n?.[name].value ?? Number.NaN;
    assert.ok(value('oracle') >= value('mean_rating') && value('oracle') >= value('random'));
    assert.ok(metrics.baselines.majority.accuracy !== null && metrics.baselines.length.auc !== null);

    const pairs = join(folder, 'pairs.csv');
    const rows = questions.slice(80, 110).map(({ question, answers }) => ({
      prompt: question,
      chosen: answers[0]?.text ?? '',
      rejected: answers[1]?.text ?? '',
    }));
    await writeFile(pairs, csvOf(rows).join('\n'));
    const onPairs = resultOf(await run('evaluate', '--model', 'good', '--pairs', pairs), Metrics);
    assert.equal(Estimate.parse(onPairs.pair_accuracy).n, onPairs.pair_accuracy?.n);
    assert.equal(onPairs.best_of_n, null);

    await writeFile(pairs, `${csvOf(rows).join('\n')}\n"only a prompt"\n`);
    const broken = errorOf(await run('evaluate', '--model', 'good', '--pairs', pairs));
    assert.match(broken.message, /line \d+: 1 columns instead of 3/);
    assert.equal(
      errorOf(await run('evaluate', '--model', 'none', '--ratings', file)).code,
      'model_not_found',
    );
    assert.equal(errorOf(await run('evaluate', '--model', 'good')).code, 'usage');
  });

  await t.test('rerank orders the candidates of each row', async () => {
    const file = join(folder, 'candidates.jsonl');
    const [first, second] = questions.slice(120);
    const rows = [first, second].map((question) => ({
      query: question?.question,
      candidates: question?.answers.map(({ text }) => text),
    }));
    await writeFile(file, rows.map((row) => JSON.stringify(row)).join('\n'));
    const { code, stdout } = await run('rerank', file, '--model', 'good@1.0.0');
    assert.equal(code, 0);
    const ranked = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.equal(ranked.length, 2);
    for (const [index, { query, ranking, model }] of ranked.entries()) {
      assert.equal(query, rows[index]?.query);
      assert.equal(model, 'good@1.0.0');
      const scores = ranking.map(({ score }: { score: number }) => score);
      assert.deepEqual(
        scores,
        [...scores].sort((a, b) => b - a),
      );
      for (const entry of ranking) assert.equal(entry.text, rows[index]?.candidates?.[entry.index]);
    }
    await writeFile(file, '{"query":"q"}\n');
    assert.equal(errorOf(await run('rerank', file)).code, 'usage');
  });

  await t.test('export writes a file', async () => {
    const out = join(folder, 'out.jsonl');
    const Exported = z.object({ rows: z.number(), sha256: z.string(), file: z.string() });
    const { rows, file } = resultOf(
      await run('export', 'first', '--format', 'ratings', '--out', out),
      Exported,
    );
    assert.equal(file, out);
    assert.equal((await readFile(out, 'utf8')).trimEnd().split('\n').length, rows);
    const named = resultOf(
      await run('export', 'first', '--format', 'openai_chat', '--split', 'train'),
      Exported,
    );
    assert.ok((await readFile(join(folder, named.file))).length > 0);
  });

  await t.test('models, deploy and rollback', async () => {
    const models = resultOf(await run('models'), z.array(Model));
    assert.ok(models.some(({ model_id: id }) => id === 'good@1.0.0'));
    const first = resultOf(await run('deploy', 'good@1.0.0', '--full'), Ramp);
    assert.deepEqual([first.model_id, first.state, first.share], ['good@1.0.0', 'complete', 1]);
    const other = models.find(({ model_id: id }) => id !== 'good@1.0.0')?.model_id ?? '';
    const second = resultOf(await run('deploy', other), Ramp);
    assert.deepEqual([second.state, second.previous_model_id], ['ramping', 'good@1.0.0']);
    const back = resultOf(await run('rollback', other, '--reason', 'worse'), Ramp);
    assert.deepEqual([back.state, back.reason], ['rolled_back', 'worse']);
    assert.equal(errorOf(await run('deploy', 'none')).code, 'model_not_found');
    const people = await attune(['models', '--data', data]);
    assert.match(people.stdout, /good@1\.0\.0 +reward +deployed/);
  });

  await t.test('doctor says what is present', async () => {
    const Findings = z.array(
      z.object({ what: z.string(), state: z.enum(['good', 'note', 'bad']), found: z.string() }),
    );
    const outcome = await attune(['doctor', '--json'], { ...here, ATTUNE_PORT: new URL(server.url).port });
    const findings = resultOf(outcome, Findings);
    const names = findings.map(({ what }) => what);
    for (const name of ['Node', 'Database', 'pgvector', 'Redis', 'Trainer', 'Disk', 'Port', 'Model files']) {
      assert.ok(names.includes(name), name);
    }
    assert.match(findings.find(({ what }) => what === 'Port')?.found ?? '', /Attune is running/);
    const away = { ...here, ATTUNE_PORT: '0', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    const bad = await attune(['doctor', '--json'], away);
    assert.equal(resultOf(bad, Findings, 1).find(({ what }) => what === 'Database')?.state, 'bad');
  });

  await t.test('admin-link makes a link that signs in', async () => {
    const Link = z.object({ sign_in_url: z.string(), expires_at: z.iso.datetime() });
    const { sign_in_url: link } = resultOf(await run('admin-link'), Link);
    const me = await server.client.signIn({ body: { token: link.split('#')[1] ?? '' } });
    assert.equal(me.role, 'admin');
  });

  await t.test('finds the server by ATTUNE_URL and the key by ATTUNE_API_KEY', async () => {
    const elsewhere = { ATTUNE_DATA: join(folder, 'empty'), ATTUNE_URL: server.url };
    const named = await attune(['models', '--json'], { ...elsewhere, ATTUNE_API_KEY: server.key });
    assert.equal(named.code, 0, named.stderr);
    assert.equal(errorOf(await attune(['models', '--json'], elsewhere)).code, 'unauthenticated');
    const flagged = await attune(['models', '--json', '--data', data], {
      ATTUNE_DATA: join(folder, 'empty'),
    });
    assert.equal(flagged.code, 0, flagged.stderr);
    const { key } = await server.client.createKey({ body: { name: 'reader', role: 'viewer' } });
    const weak = await attune(['deploy', 'good', '--json'], { ...elsewhere, ATTUNE_API_KEY: key });
    const { code, request_id: id } = errorOf(weak);
    assert.equal(code, 'forbidden');
    assert.notEqual(id, null);
  });
});

test('mistakes in a command are told with what to do', async () => {
  const folder = await tempFolder();
  const nowhere = { ATTUNE_DATA: folder, ATTUNE_URL: 'http://127.0.0.1:1' };
  const away = errorOf(await attune(['models', '--json'], nowhere));
  assert.equal(away.code, 'unreachable');
  assert.match(away.message, /http:\/\/127\.0\.0\.1:1/);
  assert.match(away.hint, /attune up/);
  const people = await attune(['models'], nowhere);
  assert.match(people.stderr, /^attune: No Attune server answers .*\[unreachable\]\n {8}Start one/);

  assert.equal(errorOf(await attune(['import', 'songs', 'x.csv', '--json'], nowhere)).code, 'usage');
  const missing = errorOf(await attune(['import', 'ratings', join(folder, 'no.csv'), '--json'], nowhere));
  assert.match(missing.message, /There is no file/);
  assert.equal(errorOf(await attune(['train', 'poetry', '--dataset', 'd', '--json'], nowhere)).code, 'usage');
  const setting = errorOf(await attune(['models', '--json'], { ...nowhere, ATTUNE_PORT: 'many' }));
  assert.match(setting.message, /ATTUNE_PORT/);
  for (const args of [
    ['fly'],
    ['train', 'reward'],
    ['export', 'x', '--format', 'stone'],
    ['models', '--fast'],
  ]) {
    const { code, stderr } = await attune(args, nowhere);
    assert.equal(code, 1, args.join(' '));
    assert.match(stderr, /^error: .*[\s\S]*Usage: attune/, args.join(' '));
  }
  const { code, stdout } = await attune(['--version']);
  assert.deepEqual([code, /^\d+\.\d+\.\d+\n$/.test(stdout)], [0, true]);
});
