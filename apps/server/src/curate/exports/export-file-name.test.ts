import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileNameOf } from './export-file-name.ts';

const hash = 'ab12cd34'.padEnd(64, '0');

test('a file name says what is inside', () => {
  assert.equal(
    fileNameOf('Support answers', { format: 'trl_kto', split: 'train' }, hash),
    'Support-answers.trl_kto.train.ab12cd34.jsonl',
  );
  assert.equal(fileNameOf('a', { format: 'parquet', split: 'all' }, hash), 'a.parquet.ab12cd34.parquet');
});

test('no name reaches a header or another folder', () => {
  const hostile = [
    '../../etc/passwd',
    'a"\r\nset-cookie: b',
    '..',
    'C:\\x',
    '日本語',
    '-'.repeat(500),
    'é'.repeat(300),
  ];
  for (const name of hostile) {
    const safe = fileNameOf(name, { format: 'ratings', split: 'all' }, hash);
    assert.match(safe, /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,120}\.jsonl$/);
    assert.doesNotMatch(safe, /\.\./);
  }
  assert.equal(
    fileNameOf('日本語', { format: 'ratings', split: 'all' }, hash),
    'dataset.ratings.ab12cd34.jsonl',
  );
});
