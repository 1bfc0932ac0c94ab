import type { anthropicText } from './anthropic.ts';
import type { FormatRule } from './format-rule.ts';

type Row = ReturnType<typeof anthropicText>;

const source = 'Anthropic: Prompt validation';

export const anthropicRules: readonly FormatRule<Row>[] = [
  {
    rule: 'prompt_ends_with_assistant',
    level: 'violation',
    message: 'A prompt has a "\\n\\nHuman:" turn and ends with "\\n\\nAssistant:".',
    source,
    broken: {
      by: 'row',
      is: ({ prompt }) => !prompt.includes('\n\nHuman:') || !prompt.endsWith('\n\nAssistant:'),
    },
  },
  {
    rule: 'no_empty_message',
    level: 'violation',
    message: 'No completion may be empty.',
    source,
    broken: { by: 'row', is: ({ completion }) => completion.trim() === '' },
  },
  {
    rule: 'speaker_in_completion',
    level: 'warning',
    message: 'A completion that holds "\\n\\nHuman:" reads as another turn.',
    source,
    broken: { by: 'row', is: ({ completion }) => completion.includes('\n\nHuman:') },
  },
];
