import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingWords } from './finding-words.ts';
import { text } from './text.ts';

const said = { message: 'm', severity: 'warning' as const };

test('findings are said in the language of the page', () => {
  assert.equal(
    findingWords({ ...said, kind: 'empty', field: 'query' }, text.en),
    'The question is still empty.',
  );
  assert.match(findingWords({ ...said, kind: 'length_ratio', ratio: 0.25 }, text.en), /4.0 times shorter/);
  const spans = [
    { start: 0, end: 1, kind: 'email' as const },
    { start: 2, end: 3, kind: 'email' as const },
  ];
  assert.equal(
    findingWords({ ...said, kind: 'pii', field: 'chosen_response', spans }, text.vi),
    'Dữ liệu cá nhân trong câu trả lời tốt hơn: địa chỉ e-mail.',
  );
});
