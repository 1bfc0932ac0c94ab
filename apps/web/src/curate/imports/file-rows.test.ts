import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileRows } from './file-rows.ts';

test('CSV with quotes, line breaks in cells and a short record keeps its line numbers', () => {
  const { rows, faults } = fileRows(
    'a.csv',
    '\uFEFFq,a\r\n"one, ""two""\nthree",x\r\nshort\r\n\r\nlast,\r\n',
  );
  assert.deepEqual(rows, [
    { line: 2, data: { q: 'one, "two"\nthree', a: 'x' } },
    { line: 6, data: { q: 'last' } },
  ]);
  assert.deepEqual(faults, [{ line: 4, fault: 'columns' }]);
});

test('JSON arrays, single objects and an object on each line are told apart', () => {
  assert.deepEqual(fileRows('a.json', '[{"a":1}, 2]'), {
    rows: [{ line: 1, data: { a: 1 } }],
    faults: [{ line: 2, fault: 'no_object' }],
    delimiter: null,
  });
  assert.deepEqual(fileRows('a.json', '{\n "a": 1\n}').rows, [{ line: 1, data: { a: 1 } }]);
  assert.deepEqual(fileRows('a.jsonl', '{"a":1}\n\nnot json\n{"a":2}\n'), {
    rows: [
      { line: 1, data: { a: 1 } },
      { line: 4, data: { a: 2 } },
    ],
    faults: [{ line: 3, fault: 'no_json' }],
    delimiter: null,
  });
});

test('a file without rows has none', () => {
  assert.deepEqual(fileRows('a.csv', ''), { rows: [], faults: [], delimiter: ',' });
  assert.deepEqual(fileRows('a.jsonl', '\n'), { rows: [], faults: [], delimiter: null });
});

test('a table may be parted by semicolons or tabs, and columns of one name are all kept', () => {
  const rows = [{ line: 2, data: { q: 'Why, then?', a: 'So; and so.', 'a (2)': '1,5' } }];
  assert.deepEqual(fileRows('a.csv', 'q;a;a\n"Why, then?";"So; and so.";1,5\n'), {
    rows,
    faults: [],
    delimiter: ';',
  });
  assert.deepEqual(fileRows('a.csv', 'q\ta\ta\nWhy, then?\tSo; and so.\t1,5\n'), {
    rows,
    faults: [],
    delimiter: '\t',
  });
});

test('a quote that is never closed is said, with its line', () => {
  assert.deepEqual(fileRows('a.csv', 'q,a\nWhy?,So.\n"How?,So.\nWho?,He.\n'), {
    rows: [{ line: 2, data: { q: 'Why?', a: 'So.' } }],
    faults: [{ line: 3, fault: 'quote' }],
    delimiter: ',',
  });
});
