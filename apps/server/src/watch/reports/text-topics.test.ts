import assert from 'node:assert/strict';
import { test } from 'node:test';
import { topicsOf } from './text-topics.ts';

/** Stands for an embedder: texts about a visa point one way, about tests another, all others each their own. */
const embed = async (texts: readonly string[]) =>
  texts.map((text, index) =>
    Float32Array.from({ length: texts.length + 2 }, (_, axis) =>
      Number(axis === (text.includes('visa') ? 0 : text.includes('test') ? 1 : index + 2)),
    ),
  );

const texts = [
  'How do I pay for a visa?',
  'Is a test needed?',
  'When is my visa ready? Write to ann@example.com.',
  'Something else',
  'How old may a test be?',
  'Why was my visa refused?',
].map((text, index) => ({ id: `${index}`, text, positive: index === 0 ? true : index === 3 ? null : false }));

test('texts that are alike are a topic, from three on, with words, reactions and masked examples', async () => {
  const { looked_at, topics } = await topicsOf(texts, embed);
  assert.equal(looked_at, 6);
  assert.deepEqual(
    topics.map(({ words, texts: n }) => [words, n]),
    [[['visa'], 3]],
  );
  const [visa] = topics;
  assert.equal(visa?.negative.n, 3);
  assert.equal(visa.negative.value, 2 / 3);
  assert.deepEqual(visa.examples, [
    { feedback_id: '0', text: 'How do I pay for a visa?' },
    { feedback_id: '2', text: 'When is my visa ready? Write to [EMAIL].' },
    { feedback_id: '5', text: 'Why was my visa refused?' },
  ]);
});

test('too few texts are no topics, and are not embedded', async () => {
  const none = await topicsOf(texts.slice(0, 2), () => assert.fail('nothing to embed'));
  assert.deepEqual(none, { looked_at: 2, topics: [] });
});

test('a long text is shortened after it was masked', async () => {
  const text = `${'visa '.repeat(38)}write to ann@example.com`;
  const long = ['0', '1', '2'].map((id) => ({ id, text, positive: null }));
  const { topics } = await topicsOf(long, embed);
  const example = topics[0]?.examples[0]?.text ?? '';
  assert.equal(example.length, 200);
  assert.ok(!example.includes('@') && example.endsWith('…'));
});
