import type { FormatRule } from './format-rule.ts';
import type { trlKto, trlPreference, trlStepwise } from './trl.ts';

const formats = 'TRL: Dataset formats and types';
const kto = 'TRL: KTO Trainer';

export const trlPreferenceRules: readonly FormatRule<ReturnType<typeof trlPreference>>[] = [
  {
    rule: 'answers_differ',
    level: 'violation',
    message: 'Chosen and rejected are the same text: nothing can be learnt from it.',
    source: formats,
    broken: { by: 'row', is: ({ chosen, rejected }) => chosen[0]?.content === rejected[0]?.content },
  },
  {
    rule: 'no_empty_message',
    level: 'violation',
    message: 'No message may be empty.',
    source: formats,
    broken: {
      by: 'row',
      is: ({ prompt, chosen, rejected }) =>
        [...prompt, ...chosen, ...rejected].some(({ content }) => content.trim() === ''),
    },
  },
];

/** Beyond this, the larger side outweighs the other however the losses are weighted by default. */
const UNBALANCED = 4;

export const trlKtoRules: readonly FormatRule<ReturnType<typeof trlKto>>[] = [
  {
    rule: 'both_labels',
    level: 'violation',
    message: 'Good and bad completions are both needed.',
    source: kto,
    broken: { by: 'file', is: (rows) => new Set(rows.map(({ label }) => label)).size < 2 },
  },
  {
    rule: 'balance',
    level: 'warning',
    message: `One label is more than ${UNBALANCED} times as frequent: set desirable_weight and undesirable_weight.`,
    source: kto,
    broken: {
      by: 'file',
      is: (rows) => {
        const good = rows.filter(({ label }) => label).length;
        const bad = rows.length - good;
        return Math.max(good, bad) > UNBALANCED * Math.min(good, bad);
      },
    },
  },
];

export const trlStepwiseRules: readonly FormatRule<ReturnType<typeof trlStepwise>>[] = [
  {
    rule: 'label_per_step',
    level: 'violation',
    message: 'Each step needs a label.',
    source: formats,
    broken: {
      by: 'row',
      is: ({ completions, labels }) => completions.length === 0 || completions.length !== labels.length,
    },
  },
  {
    rule: 'no_empty_step',
    level: 'violation',
    message: 'No step may be empty.',
    source: formats,
    broken: { by: 'row', is: ({ completions }) => completions.some((step) => step.trim() === '') },
  },
];
