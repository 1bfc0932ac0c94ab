import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasoningSteps } from './reasoning-steps.ts';

const texts = (reasoning: string) => reasoningSteps(reasoning).map(({ text }) => text);

test('splits at blank lines', () => {
  assert.deepEqual(texts('First I read.\nThen on.\n\n\nNow I answer.\n'), [
    'First I read.\nThen on.',
    'Now I answer.',
  ]);
  assert.deepEqual(texts('One.\r\n\r\nTwo.'), ['One.', 'Two.']);
});

test('splits before numbered lines, steps and headings', () => {
  assert.deepEqual(texts('1. Read.\n   closely\n2. Think.\nStep 3: Answer.\n## End\ndone'), [
    '1. Read.\n   closely',
    '2. Think.',
    'Step 3: Answer.',
    '## End\ndone',
  ]);
});

test('does not split at a number within a text', () => {
  assert.deepEqual(texts('It costs\n1200 euros in all.'), ['It costs\n1200 euros in all.']);
});

test('a title is the first sentence without markup, shortened', () => {
  const titles = (reasoning: string) => reasoningSteps(reasoning).map(({ title }) => title);
  assert.deepEqual(titles('**First** I read it. Then I think.'), ['First I read it.']);
  assert.deepEqual(titles('1. Read the question. Slowly.'), ['1. Read the question. Slowly.']);
  assert.deepEqual(titles('## Plan\nRead.'), ['Plan']);
  const [long = ''] = titles('🛌'.repeat(100));
  assert.ok(long.length <= 80 && long.endsWith('…') && long.isWellFormed());
});

test('nothing has no steps, and nothing is lost of very much', () => {
  assert.deepEqual(reasoningSteps(''), []);
  assert.deepEqual(reasoningSteps(' \n \n'), []);
  const many = Array.from({ length: 500 }, (_, n) => `Thought ${n}.`).join('\n\n');
  const steps = reasoningSteps(many);
  assert.equal(steps.length, 100);
  assert.equal(steps.map(({ text }) => text).join('\n\n'), many);
});
