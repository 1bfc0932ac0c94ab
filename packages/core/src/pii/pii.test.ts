import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isLuhn } from './credit-card.ts';
import { findPii } from './find-pii.ts';
import { mod97 } from './iban.ts';
import { maskPii } from './mask.ts';

/** What is found, as `kind:text`. */
function found(text: string): string[] {
  return findPii(text).map(({ start, end, kind }) => `${kind}:${text.slice(start, end)}`);
}

describe('check digits', () => {
  test("Luhn's, by the example of US patent 2,950,048 and changed digits", () => {
    assert.ok(isLuhn('79927398713'));
    for (const last of '012456789') assert.ok(!isLuhn(`7992739871${last}`), last);
  });

  test('MOD 97-10, by the example of the IBAN registry', () => {
    assert.equal(mod97('GB82WEST12345698765432'), 1);
    assert.notEqual(mod97('GB82WEST12345698765423'), 1);
  });
});

describe('personal data', () => {
  test('is found with its place, in the order of the text', () => {
    const text = 'Tôi tên là Nguyễn Văn An, gọi 0912345678 hoặc an@example.vn.';
    assert.deepEqual(found(text), ['person_name:Nguyễn Văn An', 'phone:0912345678', 'email:an@example.vn']);
    for (const { start, end } of findPii(text)) assert.ok(start < end && end <= text.length);
  });

  test('keeps its place behind characters of two code units', () => {
    assert.deepEqual(found('💉💉 ann@example.com'), ['email:ann@example.com']);
  });

  test('of two readings is the more certain one', () => {
    assert.deepEqual(found('IBAN DE89 3704 0044 0532 0130 00'), ['iban:DE89 3704 0044 0532 0130 00']);
    assert.deepEqual(found('SSN 536-22-1234'), ['ssn:536-22-1234']);
  });

  test('is not what only looks like it', () => {
    for (const text of [
      'Order 4111 1111 1111 1112 shipped.',
      'GB00 WEST 1234 5698 7654 32',
      'version 10.0.19.1',
      '127.0.0.1:8080',
      'npm i @types/node@22.1.0',
      'std::vector at 12:30:45',
      '550e8400-e29b-41d4-a716-446655440000',
      'Đơn hàng số 0912345678',
      '500 mg every 6 hours',
      'Dear Customer, hello there',
      '000-12-3456',
    ]) {
      assert.deepEqual(found(text), [], text);
    }
  });

  test('is masked by its kind, and nothing else changes', () => {
    const { text, spans } = maskPii('Mr. Brown (ann@example.com) paid with 4111 1111 1111 1111.');
    assert.equal(text, 'Mr. [PERSON_NAME] ([EMAIL]) paid with [CREDIT_CARD].');
    assert.deepEqual(
      spans.map(({ kind }) => kind),
      ['person_name', 'email', 'credit_card'],
    );
    assert.deepEqual(maskPii('nothing here'), { text: 'nothing here', spans: [] });
    assert.deepEqual(findPii(text), []);
  });
});

/** Would take hours with a pattern whose time grows with the square of the text; the limit only ends a hang. */
test('texts made to be slow are read in linear time', { timeout: 60_000 }, () => {
  const long = 200_000;
  for (const piece of [
    'a',
    '1',
    '1 ',
    '1-',
    '+1',
    'a.',
    'a@',
    '@a.',
    ':',
    'f:',
    '1.',
    '(',
    'A',
    'Aa ',
    'AB12 ',
    'Mr ',
    'Dear A',
    '12 Aa ',
    'số 1 ',
    '1/',
  ]) {
    findPii(piece.repeat(long / piece.length));
  }
});
