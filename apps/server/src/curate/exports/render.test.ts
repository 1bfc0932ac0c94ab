import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ExportFormat, RatingRow } from '@attune/contracts';
import { parquetReadObjects } from 'hyparquet';
import type { SnapshotRows } from '../datasets/snapshot.ts';
import { exampleRows } from '../testing/example-rows.ts';
import { render } from './render.ts';

const { ratings, pairs, steps } = exampleRows;
const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });

const authors = new Map([[ratings[0]?.feedback_id ?? '', 'user_1']]);

function renderAs(format: ExportFormat, rows: SnapshotRows = exampleRows, mask = true) {
  return render(rows, { format, mask, authors, first: 2 });
}

function lines(format: ExportFormat): unknown[] {
  const { bytes, rows } = renderAs(format);
  const text = new TextDecoder().decode(bytes);
  assert.ok(text.endsWith('\n'));
  const parsed = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.equal(parsed.length, rows);
  return parsed;
}

test('TRL preference rows are conversations', () => {
  assert.deepEqual(lines('trl_preference'), [
    {
      prompt: [user('What is a "vaccine"?')],
      chosen: [assistant('It trains the\nimmune system. 💉')],
      rejected: [assistant('No idea.')],
    },
    {
      prompt: [user('How long?')],
      chosen: [assistant('Ten days.')],
      rejected: [assistant('A while.')],
    },
  ]);
});

test('TRL KTO rows judge each answer once by its mean rating, and skip the undecided', () => {
  assert.deepEqual(lines('trl_kto'), [
    {
      prompt: [user('What is a "vaccine"?')],
      completion: [assistant('It trains the\nimmune system. 💉')],
      label: true,
    },
    { prompt: [user('What is a "vaccine"?')], completion: [assistant('No idea.')], label: false },
    { prompt: [user('How long?')], completion: [assistant('Ten days.')], label: true },
  ]);
});

test('chat targets are good answers and corrections', () => {
  assert.deepEqual(lines('openai_chat'), [
    { messages: [user('What is a "vaccine"?'), assistant('It trains the\nimmune system. 💉')] },
    { messages: [user('How long?'), assistant('Ten days.')] },
  ]);
  assert.deepEqual(lines('anthropic_text')[1], {
    prompt: '\n\nHuman: How long?\n\nAssistant:',
    completion: ' Ten days.',
  });
  assert.deepEqual(lines('bedrock_conversation')[1], {
    schemaVersion: 'bedrock-conversation-2024',
    messages: [
      { role: 'user', content: [{ text: 'How long?' }] },
      { role: 'assistant', content: [{ text: 'Ten days.' }] },
    ],
  });
});

test('OpenAI preference rows', () => {
  assert.deepEqual(lines('openai_preference')[1], {
    input: { messages: [user('How long?')], tools: [], parallel_tool_calls: true },
    preferred_output: [assistant('Ten days.')],
    non_preferred_output: [assistant('A while.')],
  });
});

test('ratings rows are what the ratings import reads', () => {
  const rows = lines('ratings').map((row) => RatingRow.parse(row));
  assert.deepEqual(
    rows.map((row) => [row.user_prompt, row.ai_response, row.rating, row.feedback_comment]),
    ratings.map((row) => [row.query, row.response, row.rating, row.comment ?? null]),
  );
});

test('Parquet keeps every field, typed', async () => {
  const { bytes, rows } = renderAs('parquet');
  const read = await parquetReadObjects({ file: Uint8Array.from(bytes).buffer });
  assert.equal(rows, ratings.length + pairs.length + steps.length);
  assert.equal(read.length, rows);
  assert.deepEqual(read[0], {
    type: 'rating',
    split: 'train',
    query: 'What is a "vaccine"?',
    context: null,
    response: 'It trains the\nimmune system. 💉',
    rating: 4.5,
    rating_accuracy: 5,
    rating_helpfulness: null,
    rating_clarity: 4,
    rating_safety: null,
    comment: 'clear',
    category: 'medicine',
    user_group: 'expert',
    chosen: null,
    rejected: null,
    strength: null,
    method: null,
    completions: [],
    labels: [],
    feedback_ids: [ratings[0]?.feedback_id],
  });
  assert.deepEqual(read.at(-1)?.labels, [true, false]);
  assert.deepEqual(renderAs('parquet').first, read.slice(0, 2));
  const last = read.at(-2);
  assert.equal(last?.strength, 0.75);
  assert.equal(last?.method, 'correction');
  assert.deepEqual(last?.feedback_ids, pairs[1]?.feedback_ids);
});

test('nothing that fits is no rows, in every format', () => {
  const formats = ['trl_preference', 'trl_kto', 'openai_chat', 'ratings', 'parquet'] as const;
  for (const format of formats) assert.equal(renderAs(format, { ratings: [], pairs: [], steps: [] }).rows, 0);
});

test('stepwise rows have a label for each step', () => {
  assert.deepEqual(lines('trl_stepwise'), [
    {
      prompt: 'What is 2 + 3 · 4?',
      completions: ['Multiply first: 3 · 4 = 12.', 'Then 2 + 12 = 15.'],
      labels: [true, false],
    },
  ]);
});

test('authors of ratings leave under the name they are given, unknown ones without', () => {
  const rows = lines('ratings').map((row) => RatingRow.parse(row));
  assert.deepEqual(
    rows.map((row) => row.user_id),
    ['user_1', null, null, null, null],
  );
});

test('personal data is masked in every field and counted, never told', () => {
  const text = 'Write to ann@example.com or call 0912345678.';
  const rows: SnapshotRows = {
    ratings: ratings.map((row) => ({ ...row, comment: text })),
    pairs: pairs.map((row) => ({ ...row, chosen: text })),
    steps: steps.map((row) => ({ ...row, query: text })),
  };
  const { bytes, pii } = renderAs('parquet', rows);
  assert.ok(!Buffer.from(bytes).includes('ann@example.com'));
  assert.deepEqual(pii, {
    found: 16,
    rows: 8,
    by_kind: { email: 8, phone: 8 },
    by_field: { chosen: 4, comment: 10, query: 2 },
  });
  assert.ok(Buffer.from(renderAs('ratings', rows).bytes).includes('Write to [EMAIL] or call [PHONE].'));
  const left = renderAs('ratings', rows, false);
  assert.ok(Buffer.from(left.bytes).includes('ann@example.com'));
  assert.equal(left.pii.found, 10);
  assert.equal(renderAs('trl_stepwise', rows).pii.found, 2);
});

test('the report counts what the file would hold, and nothing else', () => {
  const text = 'Write to ann@example.com.';
  const rows: SnapshotRows = {
    ratings: ratings.map((row) => ({ ...row, response: `${row.response} ${text}`, comment: text })),
    pairs: pairs.map((row) => ({ ...row, rejected: text })),
    steps: steps.map((row) => ({ ...row, steps: row.steps.map((step) => ({ ...step, comment: text })) })),
  };
  for (const format of ['trl_kto', 'openai_chat', 'bedrock_conversation', 'trl_stepwise'] as const) {
    const { bytes, pii } = renderAs(format, rows);
    assert.equal(pii.found, new TextDecoder().decode(bytes).split('[EMAIL]').length - 1, format);
  }
  assert.deepEqual(renderAs('openai_chat', rows).pii, {
    found: 1,
    rows: 1,
    by_kind: { email: 1 },
    by_field: { response: 1 },
  });
});

test('what breaks the rules of a format is named', () => {
  const { findings } = renderAs('openai_chat');
  assert.deepEqual(
    findings.map(({ rule, level }) => [rule, level]),
    [
      ['at_least_10_rows', 'violation'],
      ['at_least_50_rows', 'warning'],
    ],
  );
});

test('what was said before a question goes along, as turns or as a text, masked', () => {
  const context = 'user: I am at ann@example.com.\nassistant: Noted.\nHow can I help?';
  const [rating] = ratings;
  const [pair] = pairs;
  const [step] = steps;
  assert.ok(rating && pair && step);
  const rows: SnapshotRows = {
    ratings: [{ ...rating, query: 'And in winter?', context, response: 'The same.', rating: 5 }],
    pairs: [
      { ...pair, query: 'And in winter?', context, chosen: 'The same.', rejected: 'No.' },
      { ...pair, query: 'Why?', context: 'Notes of the shop.', chosen: 'Because.', rejected: 'No.' },
      { ...pair, query: 'Why?', context: 'assistant: …cut off', chosen: 'Because.', rejected: 'No.' },
    ],
    steps: [{ ...step, query: 'And in winter?', context }],
  };
  const written = (format: ExportFormat) =>
    new TextDecoder()
      .decode(renderAs(format, rows).bytes)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  const turns = [user('I am at [EMAIL].'), assistant('Noted.\nHow can I help?'), user('And in winter?')];
  const prompts = [turns, [user('Notes of the shop.\n\nWhy?')], [user('Why?')]];
  assert.deepEqual(
    written('trl_preference').map(({ prompt }) => prompt),
    prompts,
  );
  assert.deepEqual(
    written('openai_preference').map(({ input }) => input.messages),
    prompts,
  );
  assert.deepEqual(written('openai_chat'), [{ messages: [...turns, assistant('The same.')] }]);
  assert.deepEqual(written('trl_kto')[0].prompt, turns);
  assert.equal(
    written('anthropic_text')[0].prompt,
    '\n\nHuman: I am at [EMAIL].\n\nAssistant: Noted.\nHow can I help?\n\nHuman: And in winter?\n\nAssistant:',
  );
  assert.equal(written('bedrock_conversation')[0].messages.length, 4);
  const masked = context.replace('ann@example.com', '[EMAIL]');
  assert.equal(written('trl_stepwise')[0].prompt, `${masked}\n\nAnd in winter?`);
  assert.equal(RatingRow.parse(written('ratings')[0]).context, masked);
  const { first, pii } = renderAs('parquet', rows);
  assert.equal(first[0]?.context, masked);
  assert.deepEqual(pii.by_field, { context: 3 });
});
