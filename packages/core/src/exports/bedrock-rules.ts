import type { BedrockConversation } from './bedrock.ts';
import { atLeastRows, type FormatRule } from './format-rule.ts';

const source = 'Amazon Nova: Preparing data for fine-tuning';
/** Words that make a training job fail where they stand in a prompt. */
const reserved = /(?:User|Bot|Assistant|System):|<image>|<video>|\[EOS\]/;

function textsOf({ content }: BedrockConversation['messages'][number]): string {
  return content.map(({ text }) => text).join('\n');
}

export const bedrockRules: readonly FormatRule<BedrockConversation>[] = [
  atLeastRows(100, { level: 'warning', source }),
  {
    rule: 'schema_version',
    level: 'violation',
    message: 'schemaVersion is missing.',
    source,
    broken: { by: 'row', is: ({ schemaVersion }) => schemaVersion !== 'bedrock-conversation-2024' },
  },
  {
    rule: 'roles_alternate',
    level: 'violation',
    message: 'Messages alternate, starting with the user and ending with the assistant.',
    source,
    broken: {
      by: 'row',
      is: ({ messages }) =>
        messages.length % 2 !== 0 ||
        messages.some(({ role }, at) => role !== (at % 2 === 0 ? 'user' : 'assistant')),
    },
  },
  {
    rule: 'no_empty_message',
    level: 'violation',
    message: 'No message may be empty.',
    source,
    broken: { by: 'row', is: ({ messages }) => messages.some((one) => textsOf(one).trim() === '') },
  },
  {
    rule: 'reserved_words',
    level: 'violation',
    message:
      'User:, Bot:, Assistant:, System:, <image>, <video> and [EOS] are reserved: a prompt with one fails the job.',
    source,
    broken: {
      by: 'row',
      is: ({ system = [], messages }) =>
        [
          ...system.map(({ text }) => text),
          ...messages.filter(({ role }) => role === 'user').map(textsOf),
        ].some((text) => reserved.test(text)),
    },
  },
];
