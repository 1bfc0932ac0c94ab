import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { anchor } from './anchor.ts';

const answer = [
  '## Colds',
  '',
  'Rest and **drink plenty of water**. See a [doctor](https://example.com/find?a=1) if it lasts.',
  '',
  '1. Rest 🛌 at home.',
  '2. Drink water.',
  '3. Rest again.',
].join('\n');

/** Finds a quote and gives the text there. */
function found(
  text: string,
  exact: string,
  around: { prefix?: string; suffix?: string; start?: number; end?: number } = {},
): string | null {
  const { prefix = '', suffix = '', start = 0, end = 0 } = around;
  const span = anchor(text, { exact, prefix, suffix }, { start, end });
  return span && text.slice(span.start, span.end);
}

describe('a quote that stands in the text', () => {
  test('is found where its position says', () => {
    const at = answer.lastIndexOf('Rest');
    const quote = { exact: 'Rest', prefix: '', suffix: '' };
    assert.deepEqual(anchor(answer, quote, { start: at, end: at + 4 }), { start: at, end: at + 4 });
  });

  test('is found although its position is wrong', () => {
    assert.equal(found(answer, 'See a', { start: 1, end: 6 }), 'See a');
    assert.equal(found(answer, 'See a', { start: 90_000_000, end: 90_000_005 }), 'See a');
  });

  test('of several places is the one with its surroundings, not the nearest', () => {
    const span = anchor(answer, { exact: 'Rest', prefix: '3. ', suffix: ' again.' }, { start: 0, end: 4 });
    assert.equal(span?.start, answer.lastIndexOf('Rest'));
  });

  test('of several places alike is the nearest', () => {
    const text = 'one two one two one two';
    assert.equal(anchor(text, { exact: 'one', prefix: '', suffix: '' }, { start: 9, end: 12 })?.start, 8);
  });

  test('may be a picture outside the basic plane', () => {
    const start = answer.indexOf('🛌');
    assert.deepEqual(anchor(answer, { exact: '🛌', prefix: '', suffix: '' }, { start: 0, end: 2 }), {
      start,
      end: start + 2,
    });
  });
});

describe('a quote from the rendered text', () => {
  const cases: [string, string][] = [
    ['Rest and drink plenty of water. See', 'Rest and **drink plenty of water**. See'],
    ['See a doctor if it lasts.', 'See a [doctor](https://example.com/find?a=1) if it lasts.'],
    ['Rest 🛌 at home.\nDrink water.', 'Rest 🛌 at home.\n2. Drink water.'],
    ['Colds\n\n\nRest and', 'Colds\n\nRest and'],
  ];
  for (const [quote, raw] of cases) test(quote, () => assert.equal(found(answer, quote), raw));

  test('of several places is the one with its surroundings', () => {
    const text = 'Take *one* pill.\n\nAt night take *one* pill more.';
    const span = anchor(
      text,
      { exact: 'take one pill', prefix: 'At night ', suffix: ' more' },
      { start: 0, end: 0 },
    );
    assert.equal(span && text.slice(span.start, span.end), 'take *one* pill');
  });

  test('in Vietnamese and without spaces', () => {
    assert.equal(found('Uống **nhiều nước** mỗi ngày.', 'Uống nhiều nước mỗi'), 'Uống **nhiều nước** mỗi');
    assert.equal(found('多喝**水**，好好休息。', '喝水，好好'), '喝**水**，好好');
  });
});

describe('a quote from a text that was edited since', () => {
  test('is found by its ends', () => {
    const text = 'First rest. Then drink at least three litres of warm water a day. Then sleep.';
    assert.equal(
      found(text, 'Then drink at least two litres of cold water a day.'),
      'Then drink at least three litres of warm water a day.',
    );
  });

  test('is found by what stands around it', () => {
    const text = 'Colds pass by themselves. Take ibuprofen 400 mg with food. Sleep well and long.';
    const span = found(text, 'Take ibuprofen 200 mg with foods', {
      prefix: 'pass by themselves. ',
      suffix: '. Sleep well and long.',
    });
    assert.equal(span, 'Take ibuprofen 400 mg with food');
  });
});

describe('nothing is found', () => {
  for (const quote of ['', 'Antibiotics cure colds within a day.', '???', 'zz']) {
    test(JSON.stringify(quote), () => assert.equal(found(answer, quote), null));
  }
  test('in an empty text', () => assert.equal(found('', 'Rest'), null));
});

test('hostile texts take no longer than long ones', () => {
  const texts = [
    'a'.repeat(200_000),
    '['.repeat(200_000),
    '](('.repeat(60_000),
    '<a '.repeat(60_000),
    '1'.repeat(200_000),
    '`'.repeat(200_000),
  ];
  for (const text of texts) {
    anchor(
      text,
      { exact: 'ab'.repeat(5000), prefix: 'a'.repeat(500), suffix: 'a'.repeat(500) },
      { start: 5, end: 9 },
    );
    anchor(text, { exact: 'aaaa', prefix: 'a'.repeat(500), suffix: 'b'.repeat(500) }, { start: 5, end: 6 });
  }
});
