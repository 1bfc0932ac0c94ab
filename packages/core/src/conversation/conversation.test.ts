import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alternatingTexts } from './alternating-texts.ts';
import { cutContext, earlierTurns, MOST_CONTEXT_CHARACTERS, turnsInContext } from './earlier-turns.ts';
import { questionKey } from './question-key.ts';

const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });

test('the turns before the last question, and nothing else', () => {
  const messages = [
    { role: 'system', content: 'You are kind.' },
    user(' How do vaccines work?\n'),
    { role: 'assistant', content: null, tool_calls: [{}] },
    { role: 'tool', content: '42' },
    assistant('They train the immune system.'),
    {
      role: 'user',
      content: [{ type: 'text', text: 'Look:' }, { type: 'image_url' }, { text: 'a picture' }],
    },
    assistant('A syringe.'),
    user('And for children?'),
    assistant('The same.'),
    { role: 'tool', content: 'later' },
  ];
  assert.equal(
    earlierTurns(messages),
    'user: How do vaccines work?\nassistant: They train the immune system.\nuser: Look:\na picture\nassistant: A syringe.',
  );
});

test('a first question has none, with or without a system text', () => {
  assert.equal(earlierTurns([user('Why?')]), '');
  assert.equal(earlierTurns([{ role: 'system', content: 'You are kind.' }, user('Why?')]), '');
  assert.equal(earlierTurns([]), '');
  assert.equal(earlierTurns([assistant('Go on.')]), '');
});

test('turns can be told apart again, whatever stands in them', () => {
  const turns = [
    user('Rewrite:\nuser: hi\n user: ho\nassistant: hello'),
    assistant('user: hi\n\n\nassistant: hello'),
    user('assistant: '),
    user('again'),
  ];
  const context = earlierTurns([...turns, user('Thanks')]);
  assert.deepEqual(
    turnsInContext(context),
    turns.map(({ role, content }) => ({ role, content: content.trim() })),
  );
  assert.equal(turnsInContext('Some text about the shop.'), null);
  assert.equal(turnsInContext(''), null);
});

test('a conversation is texts by turns, from the user’s first to the question', () => {
  assert.deepEqual(alternatingTexts('', 'Why?'), ['Why?']);
  const context = earlierTurns([user('a'), user('b'), assistant('c\nuser: d'), user('?')]);
  assert.deepEqual(alternatingTexts(context, 'Why?'), ['a\n\nb', 'c\nuser: d', 'Why?']);
  assert.deepEqual(alternatingTexts('assistant: …rest\nassistant: more', 'Why?'), ['Why?']);
  assert.deepEqual(alternatingTexts('assistant: …rest\nuser: and', 'Why?'), ['and\n\nWhy?']);
  assert.equal(alternatingTexts('Some text about the shop.', 'Why?'), null);
});

test('what is too long is cut from the front, turn by turn', () => {
  for (const size of [7970, 7990, 7995, 8000, 8100, 20_000]) {
    const long = assistant(`${'🙂'.repeat(size / 2)}`);
    const context = earlierTurns([
      user('first'),
      long,
      user('near\nuser: odd'),
      assistant('nearest'),
      user('?'),
    ]);
    assert.ok(context.length <= MOST_CONTEXT_CHARACTERS, `${size}`);
    assert.ok(context.endsWith('🙂\nuser: near\n user: odd\nassistant: nearest'), `${size}`);
    assert.ok(context.isWellFormed());
    assert.deepEqual(
      turnsInContext(context)?.at(-2),
      { role: 'user', content: 'near\nuser: odd' },
      `${size}`,
    );
  }
  const alone = earlierTurns([user(`${'\nuser: x'.repeat(2000)}end`), user('?')]);
  assert.ok(alone.length <= MOST_CONTEXT_CHARACTERS && alone.startsWith('user: …') && alone.endsWith('xend'));
  const text = 'a'.repeat(9000);
  assert.equal(cutContext(text).length, MOST_CONTEXT_CHARACTERS);
  assert.equal(cutContext('short'), 'short');
});

test('questions are the same when the query and the turns before it are', () => {
  const after = (context: string) => questionKey({ query: 'And for children?', context });
  assert.equal(after(''), questionKey({ query: 'and for  children' }));
  assert.equal(after(''), 'and for children');
  assert.notEqual(after('user: How do vaccines work?'), after('user: How do masks work?'));
  assert.notEqual(after('user: How do vaccines work?'), after(''));
  assert.equal(after('user: How do vaccines work?'), after('user: how do vaccines work'));
});
