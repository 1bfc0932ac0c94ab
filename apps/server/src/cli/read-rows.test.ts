import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { FileRow } from './file-row.ts';
import { readRows, tableDelimiter } from './read-rows.ts';

async function rowsOf(t: TestContext, name: string, content: string): Promise<FileRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'attune-rows-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  await writeFile(file, content);
  const rows: FileRow[] = [];
  for await (const row of readRows(file)) rows.push(row);
  return rows;
}

test('CSV: quotes, line breaks within cells, byte order mark, blank lines, lines as an editor counts them', async (t) => {
  const content = '\uFEFFa,b\r\n1,"x\r\ny, ""z"""\r\n\r\n2,it is 5" long\r\n"3",\r\n,"4"\r\n';
  assert.deepEqual(await rowsOf(t, 'rows.csv', content), [
    { line: 2, data: { a: '1', b: 'x\ny, "z"' } },
    { line: 5, data: { a: '2', b: 'it is 5" long' } },
    { line: 6, data: { a: '3' } },
    { line: 7, data: { b: '4' } },
  ]);
});

test('CSV: a broken row costs that row only', async (t) => {
  const content = [
    'a,b',
    '1,one',
    '2,"two" and more',
    '3,three,too many',
    '4',
    '5,five',
    '6,"never closed',
    '7,"seven"',
    '8,"eight',
    'goes on"',
    '9,"open to the end',
    '10,ten',
  ].join('\n');
  const rows = await rowsOf(t, 'rows.csv', content);
  assert.deepEqual(
    rows.map((row) => ('data' in row ? [row.line, row.data.a, row.data.b] : [row.line, row.message])),
    [
      [2, '1', 'one'],
      [3, 'something stands between a closing quote and the next column'],
      [4, '3 columns instead of 2'],
      [5, '1 columns instead of 2'],
      [6, '5', 'five'],
      [7, 'something stands between a closing quote and the next column'],
      [8, '7', 'seven'],
      [9, '8', 'eight\ngoes on'],
      [11, 'a quote is opened and not closed'],
      [12, '10', 'ten'],
    ],
  );
});

test('CSV: dimensions are a JSON object in a cell', async (t) => {
  const content = 'rating,rating_dimensions\n5,"{""clarity"": 4}"\n4,clear\n3,[4]\n2,null\n1,\n';
  assert.deepEqual(await rowsOf(t, 'rows.csv', content), [
    { line: 2, data: { rating: '5', rating_dimensions: { clarity: 4 } } },
    { line: 3, message: 'rating_dimensions: not a JSON object' },
    { line: 4, message: 'rating_dimensions: not a JSON object' },
    { line: 5, message: 'rating_dimensions: not a JSON object' },
    { line: 6, data: { rating: '1' } },
  ]);
});

test('TSV: columns are separated by tabs', async (t) => {
  assert.deepEqual(await rowsOf(t, 'rows.tsv', 'a\tb\n1,5\t"2\t3"'), [
    { line: 2, data: { a: '1,5', b: '2\t3' } },
  ]);
});

test('CSV: semicolons and tabs part columns where the heading is parted by them', async (t) => {
  const rows = [{ line: 3, data: { a: '1,5', 'b, c': 'x; y' } }];
  assert.deepEqual(await rowsOf(t, 'rows.csv', '\uFEFF\r\na;"b, c"\r\n1,5;"x; y"\r\n'), rows);
  assert.deepEqual(await rowsOf(t, 'rows.csv', '\na\tb, c\n1,5\tx; y\n'), rows);
  assert.equal(await tableDelimiter('rows.jsonl'), null);
});

test('CSV: nothing but a heading, or nothing at all, is no rows', async (t) => {
  assert.deepEqual(await rowsOf(t, 'rows.csv', 'a,b\n'), []);
  assert.deepEqual(await rowsOf(t, 'rows.csv', ''), []);
});

test('CSV: a file with many broken quotes is still read in one go', async (t) => {
  const content = `a,b\n${Array.from({ length: 3000 }, (_, i) => `${i},"${'x'.repeat(100)}`).join('\n')}\n`;
  const rows = await rowsOf(t, 'rows.csv', content);
  assert.equal(rows.length, 3000);
  assert.equal(rows.at(-1)?.line, 3001);
});

test('JSON lines: what is no object is said with its line, the rest is kept', async (t) => {
  const content = [
    '\uFEFF{"a":1}',
    '',
    '{"a":',
    '[1]',
    'null',
    '"text"',
    '{"text":"line\u2028break"}\r',
    '{"a":2}',
  ].join('\n');
  const rows = await rowsOf(t, 'rows.jsonl', content);
  assert.deepEqual(
    rows.map((row) =>
      'data' in row ? [row.line, row.data] : [row.line, row.message.replace(/^not JSON: .*/, 'not JSON')],
    ),
    [
      [1, { a: 1 }],
      [3, 'not JSON'],
      [4, 'not a JSON object'],
      [5, 'not a JSON object'],
      [6, 'not a JSON object'],
      [7, { text: 'line\u2028break' }],
      [8, { a: 2 }],
    ],
  );
});

test('a file that is not there, or of an unknown format, is a mistake in the command', async (t) => {
  await assert.rejects(rowsOf(t, 'rows.xlsx', ''), {
    message: /^Cannot tell the format/,
    hint: /Name it \.jsonl/,
  });
  const missing = readRows('/nowhere/rows.csv');
  await assert.rejects(missing.next(), {
    message: 'There is no file /nowhere/rows.csv.',
    hint: 'Check the path.',
  });
});

test('a file in another encoding is refused by the line, not stored damaged', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'attune-rows-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'latin1.csv');
  await writeFile(file, Buffer.from('a,b\n1,caf\u00e9\n', 'latin1'));
  await assert.rejects(Array.fromAsync(readRows(file)), /Line 2 of .* is not UTF-8/);
  const json = join(folder, 'latin1.json');
  await writeFile(json, Buffer.from('[\n{"a": "caf\u00e9"}\n]', 'latin1'));
  await assert.rejects(Array.fromAsync(readRows(json)), /latin1\.json is not UTF-8/);
});

test('a CSV file that lacks a column is refused before any row, with the columns it has', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'attune-rows-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'other.csv');
  await writeFile(file, 'question;rating\nHow?;4\n');
  await assert.rejects(
    Array.fromAsync(readRows(file, ['prompt', 'rating'])),
    /no column prompt; it says: question, rating/,
  );
});

test('the items of a JSON array are rows, as tools export them', async (t) => {
  const array = JSON.stringify([{ a: 1 }, 2, { a: 3 }], null, 2);
  assert.deepEqual(await rowsOf(t, 'tasks.json', array), [
    { line: 1, data: { a: 1 } },
    { line: 2, message: 'not a JSON object' },
    { line: 3, data: { a: 3 } },
  ]);
  assert.deepEqual(await rowsOf(t, 'one.json', '{\n  "a": 1\n}\n'), [{ line: 1, data: { a: 1 } }]);
  assert.deepEqual(await rowsOf(t, 'lines.json', '{"a":1}\n{"a":2}\n'), [
    { line: 1, data: { a: 1 } },
    { line: 2, data: { a: 2 } },
  ]);
  await assert.rejects(rowsOf(t, 'broken.json', '[{'), /is not JSON/);
});
