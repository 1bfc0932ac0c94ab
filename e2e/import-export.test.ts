import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { attune } from './harness/command.ts';
import { startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

/** A task as Label Studio exports it, annotated by one person. */
function task(id: number): object {
  const rating = id % 2 === 0 ? 5 : 1;
  const result = [{ from_name: 'stars', to_name: 'answer', type: 'rating', value: { rating } }];
  return {
    id,
    data: { question: `Case ${id}?`, answer: rating === 5 ? 'Ask ann@example.com.' : 'No idea.' },
    annotations: [{ completed_by: { email: 'cura@example.com' }, was_cancelled: false, result }],
  };
}

test('a file of another tool comes in, a training file goes out without personal data', async (t) => {
  const folder = await tempFolder();
  const data = join(folder, 'data');
  const server = await startProcess(data);
  t.after(() => server.stop());
  const run = (...args: string[]) => attune(args, { ATTUNE_DATA: data }, folder);
  const { client } = server;

  const tasks = join(folder, 'tasks.json');
  await writeFile(
    tasks,
    JSON.stringify(
      Array.from({ length: 60 }, (_, id) => task(id)),
      null,
      2,
    ),
  );
  const dry = await run('import', 'auto', tasks, '--dry-run');
  assert.equal(dry.code, 0, dry.stderr);
  assert.match(dry.stdout, /label_studio rows as ratings: 60 good, 0 not/);
  assert.deepEqual((await client.listFeedback({ query: {} })).items, []);
  assert.equal((await run('import', 'auto', tasks)).code, 0);
  assert.equal((await run('import', 'auto', tasks)).code, 0);
  assert.equal((await client.listFeedback({ query: { limit: 200 } })).items.length, 60);

  const chats = join(folder, 'chats.jsonl');
  const messages = [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello.' },
  ];
  await writeFile(chats, `${JSON.stringify({ messages })}\n`);
  assert.match((await run('import', 'auto', chats)).stderr, /openai_chat as conversations +1 imported/);

  const odd = join(folder, 'odd.csv');
  await writeFile(odd, 'Frage,Antwort,Note\nWarum?,Darum.,6\n');
  assert.match((await run('import', 'auto', odd, '--dry-run')).stdout, /columns are separated by commas/);
  const unknown = await run('import', 'auto', odd);
  assert.equal(unknown.code, 1);
  assert.match(unknown.stderr, /Cannot tell where query and response and rating stand/);
  const mapping = join(folder, 'mapping.json');
  const scale = { lowest: 1, highest: 6 };
  const fields = { query: { path: 'Frage' }, response: { path: 'Antwort' }, rating: { path: 'Note', scale } };
  await writeFile(mapping, JSON.stringify({ format: 'plain', target: 'ratings', fields }));
  assert.equal((await run('import', 'auto', odd, '--mapping', mapping)).code, 0);
  const newest = (await client.listFeedback({ query: { limit: 1 } })).items[0];
  assert.deepEqual([newest?.query, newest?.rating_overall], ['Warum?', 5]);

  const semicolons = join(folder, 'semicolons.csv');
  await writeFile(semicolons, 'query;response;rating\nWann?;Am 1,5.;4\n');
  const parted = await run('import', 'auto', semicolons, '--dry-run');
  assert.match(parted.stdout, /columns are separated by semicolons/);
  assert.match(parted.stdout, /1 good, 0 not/);
  assert.equal((await run('import', 'ratings', semicolons)).code, 1);

  const latin = join(folder, 'latin.csv');
  const good = Array.from({ length: 300 }, (_, n) => `Ask ${n}?,Yes ${n}.,5\n`);
  await writeFile(
    latin,
    Buffer.from(`query,response,rating\n${good.join('')}Br\u00fccke?,Ja.,5\n`, 'latin1'),
  );
  const refused = await run('import', 'auto', latin);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /Line 302 of .* is not UTF-8/);

  const query = { sources: ['import' as const], min_rating: 1 };
  const draft = await client.createDataset({ body: { name: 'imported', query } });
  assert.equal(draft.sample_count, 61);
  await client.updateDataset({ params: { id: draft.id }, body: { status: 'ready' } });
  const file = join(folder, 'chat.jsonl');
  const exported = await run('export', 'imported', '--format', 'openai_chat', '--out', file);
  assert.equal(exported.code, 0, exported.stderr);
  assert.match(exported.stdout, /personal data: 30 email/);
  const text = await readFile(file, 'utf8');
  assert.ok(text.includes('Ask [EMAIL].') && !text.includes('ann@example.com'));
  const lineage = await client.getLineage({ params: { kind: 'dataset', id: draft.id } });
  assert.equal(lineage.upstream_counts.feedback, 61);
});
