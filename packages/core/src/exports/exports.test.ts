import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  anthropicText,
  bedrockConversation,
  openaiChat,
  openaiPreference,
  type Turn,
  trlKto,
  trlPlainPreference,
  trlPreference,
  trlStepwise,
} from '../index.ts';

const dialogue: Turn[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Hi' },
  { role: 'assistant', content: 'Hello.' },
  { role: 'user', content: 'Why is the sky blue?' },
];

test('TRL preference, KTO and stepwise rows', () => {
  assert.deepEqual(trlPreference({ prompt: 'q', chosen: 'a', rejected: 'b' }), {
    prompt: [{ role: 'user', content: 'q' }],
    chosen: [{ role: 'assistant', content: 'a' }],
    rejected: [{ role: 'assistant', content: 'b' }],
  });
  assert.deepEqual(trlPreference({ prompt: dialogue, chosen: 'a', rejected: 'b' }).prompt, dialogue);
  assert.deepEqual(trlPlainPreference({ prompt: 'q', chosen: 'a', rejected: 'b' }), {
    prompt: 'q',
    chosen: 'a',
    rejected: 'b',
  });
  assert.deepEqual(trlKto({ prompt: 'q', completion: 'a', label: false }), {
    prompt: [{ role: 'user', content: 'q' }],
    completion: [{ role: 'assistant', content: 'a' }],
    label: false,
  });
  const steps = [
    { text: '1 + 1 = 2', correct: true },
    { text: '2 + 2 = 5', correct: false },
  ];
  assert.deepEqual(trlStepwise({ prompt: 'q', steps }), {
    prompt: 'q',
    completions: ['1 + 1 = 2', '2 + 2 = 5'],
    labels: [true, false],
  });
});

test('OpenAI chat and preference rows', () => {
  assert.deepEqual(openaiChat({ prompt: dialogue, completion: 'a' }).messages.at(-1), {
    role: 'assistant',
    content: 'a',
  });
  assert.deepEqual(openaiPreference({ prompt: 'q', chosen: 'a', rejected: 'b' }), {
    input: { messages: [{ role: 'user', content: 'q' }], tools: [], parallel_tool_calls: true },
    preferred_output: [{ role: 'assistant', content: 'a' }],
    non_preferred_output: [{ role: 'assistant', content: 'b' }],
  });
});

test('Anthropic text rows', () => {
  assert.deepEqual(anthropicText({ prompt: 'q', completion: 'a' }), {
    prompt: '\n\nHuman: q\n\nAssistant:',
    completion: ' a',
  });
  assert.equal(
    anthropicText({ prompt: dialogue, completion: 'a' }).prompt,
    'Be brief.\n\nHuman: Hi\n\nAssistant: Hello.\n\nHuman: Why is the sky blue?\n\nAssistant:',
  );
});

test('Bedrock conversation rows', () => {
  assert.deepEqual(bedrockConversation({ prompt: dialogue, completion: 'a' }), {
    schemaVersion: 'bedrock-conversation-2024',
    system: [{ text: 'Be brief.' }],
    messages: [
      { role: 'user', content: [{ text: 'Hi' }] },
      { role: 'assistant', content: [{ text: 'Hello.' }] },
      { role: 'user', content: [{ text: 'Why is the sky blue?' }] },
      { role: 'assistant', content: [{ text: 'a' }] },
    ],
  });
  assert.ok(!('system' in bedrockConversation({ prompt: 'q', completion: 'a' })));
});

test('turns of one speaker are joined, and a prompt must start and end with the user', () => {
  const twice: Turn[] = [
    { role: 'user', content: 'One.' },
    { role: 'user', content: 'Two.' },
  ];
  assert.equal(
    anthropicText({ prompt: twice, completion: 'a' }).prompt,
    '\n\nHuman: One.\n\nTwo.\n\nAssistant:',
  );
  assert.throws(() => bedrockConversation({ prompt: dialogue.slice(0, 3), completion: 'a' }), RangeError);
  assert.throws(() => anthropicText({ prompt: dialogue.slice(2), completion: 'a' }), RangeError);
});
