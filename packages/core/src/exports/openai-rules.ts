import { atLeastRows, type FormatRule } from './format-rule.ts';
import type { openaiChat, openaiPreference } from './openai.ts';
import type { Turn } from './turn.ts';

type ChatRow = ReturnType<typeof openaiChat>;
type PreferenceRow = ReturnType<typeof openaiPreference>;

const supervised = 'OpenAI: Supervised fine-tuning';
const preference = 'OpenAI: Direct preference optimization';
/** Longest example of the current models, in tokens; a token has four characters or so. */
const MOST_TOKENS = 65_536;
const CHARACTERS_PER_TOKEN = 4;

function charactersOf(turns: readonly Turn[]): number {
  return turns.reduce((sum, { content }) => sum + content.length, 0);
}

function isTooLong(turns: readonly Turn[]): boolean {
  return charactersOf(turns) > MOST_TOKENS * CHARACTERS_PER_TOKEN;
}

function hasEmpty(turns: readonly Turn[]): boolean {
  return turns.some(({ content }) => content.trim() === '');
}

const tooLong = `Longer than about ${MOST_TOKENS.toLocaleString('en')} tokens: it is cut off or refused, depending on the model.`;

export const openaiChatRules: readonly FormatRule<ChatRow>[] = [
  atLeastRows(10, { level: 'violation', source: supervised }),
  atLeastRows(50, { level: 'warning', source: supervised }),
  {
    rule: 'last_message_assistant',
    level: 'violation',
    message: 'The last message must be the assistant’s.',
    source: supervised,
    broken: { by: 'row', is: ({ messages }) => messages.at(-1)?.role !== 'assistant' },
  },
  {
    rule: 'has_user_message',
    level: 'violation',
    message: 'A conversation needs a message of the user.',
    source: supervised,
    broken: { by: 'row', is: ({ messages }) => !messages.some(({ role }) => role === 'user') },
  },
  {
    rule: 'no_empty_message',
    level: 'violation',
    message: 'No message may be empty.',
    source: supervised,
    broken: { by: 'row', is: ({ messages }) => hasEmpty(messages) },
  },
  {
    rule: 'token_limit',
    level: 'warning',
    message: tooLong,
    source: supervised,
    broken: { by: 'row', is: ({ messages }) => isTooLong(messages) },
  },
];

export const openaiPreferenceRules: readonly FormatRule<PreferenceRow>[] = [
  atLeastRows(10, { level: 'violation', source: preference }),
  {
    rule: 'assistant_outputs',
    level: 'violation',
    message: 'preferred_output and non_preferred_output are one message of the assistant each.',
    source: preference,
    broken: {
      by: 'row',
      is: (row) =>
        [row.preferred_output, row.non_preferred_output].some(
          (output) => output.length !== 1 || output[0]?.role !== 'assistant',
        ),
    },
  },
  {
    rule: 'input_ends_with_user',
    level: 'violation',
    message: 'The input ends with a message of the user.',
    source: preference,
    broken: { by: 'row', is: ({ input }) => input.messages.at(-1)?.role !== 'user' },
  },
  {
    rule: 'no_empty_message',
    level: 'violation',
    message: 'No message may be empty.',
    source: preference,
    broken: { by: 'row', is: (row) => turnsIn(row).some((turns) => hasEmpty(turns)) },
  },
  {
    rule: 'outputs_differ',
    level: 'violation',
    message: 'Both outputs are the same text.',
    source: preference,
    broken: {
      by: 'row',
      is: (row) => row.preferred_output[0]?.content === row.non_preferred_output[0]?.content,
    },
  },
  {
    rule: 'token_limit',
    level: 'warning',
    message: tooLong,
    source: preference,
    broken: { by: 'row', is: (row) => isTooLong(turnsIn(row).flat()) },
  },
];

function turnsIn({ input, preferred_output, non_preferred_output }: PreferenceRow): Turn[][] {
  return [input.messages, preferred_output, non_preferred_output];
}
