import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairFindings } from './pair-findings.ts';

const query = 'How long does it last?';
const long =
  'It lasts ten days in most people, although some recover after a week and a few need a whole month.';

function kinds(
  chosen_response: string,
  rejected_response: string,
  known: Parameters<typeof pairFindings>[1] = [],
) {
  return pairFindings({ query, chosen_response, rejected_response }, known).map(({ kind, severity }) => [
    kind,
    severity,
  ]);
}

test('a sound pair has nothing against it', () => {
  assert.deepEqual(kinds('It lasts ten days.', 'Nobody knows that.'), []);
  assert.deepEqual(kinds('Yes.', 'No, it never lasts that long.'), []);
});

test('empty and identical texts are errors, whatever their spaces', () => {
  assert.deepEqual(kinds(' ', 'x'), [['empty', 'error']]);
  assert.deepEqual(kinds('Ten  days.', 'Ten days. '), [['identical', 'error']]);
});

test('answers that share their phrases are named with how much', () => {
  const other = long.replace('whole', 'full');
  const [finding] = pairFindings({ query, chosen_response: long, rejected_response: other }, []);
  assert.equal(finding?.kind, 'near_duplicate');
  // 20 words give 18 shingles of three on each side; the changed word stands in 2 of them: (18 − 2) / (18 + 2).
  assert.equal(finding?.kind === 'near_duplicate' && finding.similarity, 0.8);
});

test('a much longer answer is named, with the side', () => {
  const [finding] = pairFindings({ query, chosen_response: long, rejected_response: 'A while.' }, []);
  assert.ok(finding?.kind === 'length_ratio' && finding.ratio > 10);
  assert.match(finding.message, /chosen answer/);
  const [reverse] = pairFindings({ query, chosen_response: 'A while.', rejected_response: long }, []);
  assert.ok(reverse?.kind === 'length_ratio' && reverse.ratio < 0.1);
});

test('pairs on the same question are compared', () => {
  const known = [{ id: 'p1', chosen_response: 'A while. ', rejected_response: 'Ten days.' }];
  assert.deepEqual(kinds('Ten days.', 'A while.', known), [['contradicts', 'warning']]);
  assert.deepEqual(kinds('A while.', 'Ten days.', known), [['duplicate', 'warning']]);
  assert.deepEqual(kinds('A while.', 'Forever.', known), []);
});

test('personal data is named by field', () => {
  const [finding] = pairFindings(
    { query, chosen_response: 'Ask ann@example.com.', rejected_response: 'No.' },
    [],
  );
  assert.ok(finding?.kind === 'pii' && finding.field === 'chosen_response');
  assert.deepEqual(finding.spans, [{ start: 4, end: 19, kind: 'email' }]);
});
