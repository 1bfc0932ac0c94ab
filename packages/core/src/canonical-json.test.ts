import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson } from './index.ts';

test('the example of RFC 8785, section 3.2.2', () => {
  const value: unknown = JSON.parse(String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`);
  assert.equal(
    canonicalJson(value),
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

test('the sorting example of RFC 8785, section 3.2.3', () => {
  const value: unknown = JSON.parse(String.raw`{
    "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
    "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
  }`);
  const names = [...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map(([, name]) => name);
  assert.deepEqual(names, [
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
});

// RFC 8785, appendix B.
test('numbers', () => {
  const numbers = [
    -0, 5e-324, 1.7976931348623157e308, 9007199254740992, 295147905179352830000, 1e23, 1e21, 0.000001,
  ];
  assert.deepEqual(numbers.map(canonicalJson), [
    '0',
    '5e-324',
    '1.7976931348623157e+308',
    '9007199254740992',
    '295147905179352830000',
    '1e+23',
    '1e+21',
    '0.000001',
  ]);
});

test('order of members does not matter, undefined ones do not exist, dates are their text', () => {
  const date = new Date('2026-01-02T03:04:05Z');
  assert.equal(
    canonicalJson({ b: 1, a: date, c: undefined }),
    canonicalJson({ a: '2026-01-02T03:04:05.000Z', b: 1 }),
  );
});

test('what JSON cannot say is refused', () => {
  for (const value of [
    Number.NaN,
    Infinity,
    undefined,
    [undefined],
    10n,
    () => 1,
    '\ud800',
    { '\udc00': 1 },
  ]) {
    assert.throws(() => canonicalJson(value), TypeError);
  }
});
