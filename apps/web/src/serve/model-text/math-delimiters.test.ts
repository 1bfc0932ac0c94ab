import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayHaveMath, withMathDelimiters } from './math-delimiters.ts';

test('formulas between backslashed brackets and single dollars get double dollars', () => {
  assert.equal(withMathDelimiters('so \\(x^2\\) is'), 'so $$x^2$$ is');
  assert.equal(withMathDelimiters('so $x^2$ is'), 'so $$x^2$$ is');
  assert.equal(withMathDelimiters('\\[ a + b \\]'), '\n$$\na + b\n$$\n');
  assert.equal(withMathDelimiters('$$x$$ and $$\ny\n$$'), '$$x$$ and $$\ny\n$$');
});

test('prices and escaped dollars stay as they are', () => {
  for (const text of ['from $5 to $10', 'US$ 20 or $30', 'costs \\$5 and \\$6 each', '$5 and a $ sign']) {
    assert.equal(withMathDelimiters(text), text);
  }
});

test('code is left alone', () => {
  for (const text of ['`$a$`', '```sh\necho $HOME $PATH$\n```', '```\n\\(x\\)', '``a ` $b$``']) {
    assert.equal(withMathDelimiters(text), text);
  }
  assert.equal(withMathDelimiters('`$a$` and $b$'), '`$a$` and $$b$$');
});

test('only texts with a sign of it are looked at', () => {
  assert.equal(mayHaveMath('plain words [x] (y)'), false);
  assert.equal(mayHaveMath('\\(x'), true);
});

test('hostile texts take no longer than long ones', () => {
  for (const piece of ['$a', '\\(', '\\[', '`', '```\n', '$'])
    withMathDelimiters(piece.repeat(20_000 / piece.length));
});
