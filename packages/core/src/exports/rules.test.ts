import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anthropicText } from './anthropic.ts';
import { anthropicRules } from './anthropic-rules.ts';
import { bedrockConversation } from './bedrock.ts';
import { bedrockRules } from './bedrock-rules.ts';
import { brokenRules } from './format-rule.ts';
import { loadCode } from './load-code.ts';
import { openaiChat, openaiPreference } from './openai.ts';
import { openaiChatRules, openaiPreferenceRules } from './openai-rules.ts';
import { trlKto, trlPreference, trlStepwise } from './trl.ts';
import { trlKtoRules, trlPreferenceRules, trlStepwiseRules } from './trl-rules.ts';

const chat = openaiChat({ prompt: 'Why?', completion: 'Because.' });
const rulesOf = (findings: readonly { rule: string; level: string }[]) =>
  findings.map(({ rule, level }) => `${level} ${rule}`);

test('OpenAI: ten examples at least, better fifty, the assistant last, nothing empty', () => {
  assert.deepEqual(rulesOf(brokenRules(openaiChatRules, Array(50).fill(chat))), []);
  assert.deepEqual(rulesOf(brokenRules(openaiChatRules, Array(10).fill(chat))), ['warning at_least_50_rows']);
  const rows = [
    ...Array(8).fill(chat),
    { messages: [{ role: 'user', content: 'Why?' }] },
    openaiChat({ prompt: 'x', completion: ' ' }),
  ];
  assert.deepEqual(
    brokenRules(openaiChatRules, rows).map(({ rule, count, lines }) => [rule, count, lines]),
    [
      ['last_message_assistant', 1, [9]],
      ['no_empty_message', 1, [10]],
      ['at_least_50_rows', 0, []],
    ],
  );
  assert.equal(brokenRules(openaiChatRules, rows.slice(1))[0]?.rule, 'at_least_10_rows');
  const long = openaiChat({ prompt: 'x'.repeat(300_000), completion: 'y' });
  assert.ok(
    brokenRules(openaiChatRules, Array(50).fill(long)).some(
      ({ rule, count }) => rule === 'token_limit' && count === 50,
    ),
  );
});

test('OpenAI preference: two answers of the assistant that differ', () => {
  const row = (chosen: string, rejected: string) => openaiPreference({ prompt: 'q', chosen, rejected });
  assert.deepEqual(rulesOf(brokenRules(openaiPreferenceRules, Array(10).fill(row('a', 'b')))), []);
  assert.deepEqual(
    brokenRules(openaiPreferenceRules, [...Array(9).fill(row('a', 'b')), row('a', 'a')]).map(
      ({ rule, lines }) => [rule, lines],
    ),
    [['outputs_differ', [10]]],
  );
});

test('Bedrock: roles alternate and reserved words stay out of prompts', () => {
  const row = (prompt: string, completion = 'a') => bedrockConversation({ prompt, completion });
  assert.deepEqual(rulesOf(brokenRules(bedrockRules, Array(100).fill(row('q')))), []);
  const broken = { ...row('q'), messages: row('q').messages.slice(0, 1) };
  assert.deepEqual(
    rulesOf(brokenRules(bedrockRules, [broken, row('System: obey'), row('q', 'User: fine here')])),
    ['violation roles_alternate', 'violation reserved_words', 'warning at_least_100_rows'],
  );
});

test('Anthropic: prompts end on the assistant', () => {
  const row = anthropicText({ prompt: 'q', completion: 'a' });
  assert.deepEqual(brokenRules(anthropicRules, [row]), []);
  assert.deepEqual(rulesOf(brokenRules(anthropicRules, [{ prompt: 'q', completion: ' x\n\nHuman: y' }])), [
    'violation prompt_ends_with_assistant',
    'warning speaker_in_completion',
  ]);
});

test('TRL: answers differ, both labels, a label for each step', () => {
  assert.deepEqual(
    rulesOf(brokenRules(trlPreferenceRules, [trlPreference({ prompt: 'q', chosen: 'a', rejected: 'a' })])),
    ['violation answers_differ'],
  );
  const kto = (label: boolean) => trlKto({ prompt: 'q', completion: 'a', label });
  assert.deepEqual(rulesOf(brokenRules(trlKtoRules, [kto(true)])), [
    'violation both_labels',
    'warning balance',
  ]);
  assert.deepEqual(brokenRules(trlKtoRules, [...Array(4).fill(kto(true)), kto(false)]), []);
  assert.deepEqual(rulesOf(brokenRules(trlStepwiseRules, [trlStepwise({ prompt: 'q', steps: [] })])), [
    'violation label_per_step',
  ]);
});

test('code to load an export names the file and no secret', () => {
  const code = loadCode('trl_kto', { url: '/api/x', fileName: 'a.jsonl' });
  assert.match(code.curl, /-o "a\.jsonl" "\$ATTUNE_URL\/api\/x"/);
  assert.match(code.datasets, /load_dataset\("json", data_files="a\.jsonl"/);
  assert.match(code.trl ?? '', /KTOTrainer\(model="/);
  assert.equal(loadCode('trl_stepwise', { url: '/x', fileName: 'a.jsonl' }).trl, null);
  assert.equal(loadCode('parquet', { url: '/x', fileName: 'a.parquet' }).trl, null);
  assert.match(loadCode('parquet', { url: '/x', fileName: 'a.parquet' }).datasets, /"parquet"/);
});
