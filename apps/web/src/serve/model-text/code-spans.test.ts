import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeApart } from './code-spans.ts';

const code = (text: string) =>
  codeApart(text)
    .filter((part) => part.code)
    .map((part) => part.text);

test('code stands between runs of backticks of one length', () => {
  assert.deepEqual(code('a `b` c ``d ` e`` f'), ['`b`', '``d ` e``']);
  assert.deepEqual(code('x\n```js\na `b`\n```\ny `z`'), ['```js\na `b`\n```', '`z`']);
});

test('a fence that is still open reaches to the end, a lone backtick to nowhere', () => {
  assert.deepEqual(code('x\n```js\nlet a'), ['```js\nlet a']);
  assert.deepEqual(code('a ` b'), []);
});

test('the parts are the whole text', () => {
  for (const text of ['', 'plain', '`a``b```c', '```', '``` `` `']) {
    assert.equal(
      codeApart(text)
        .map((part) => part.text)
        .join(''),
      text,
    );
  }
});
