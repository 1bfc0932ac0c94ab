import type { JudgingQuestion } from '@attune/contracts';
import type { QuestionKind } from '../../questions/of-kind.ts';
import { freeKey } from './options-of-lines.ts';

export const questionKinds: readonly QuestionKind[] = [
  'pairwise',
  'ranking',
  'stars',
  'labels',
  'spans',
  'text',
];

/** A question of a kind as it is before anybody changes it. */
export function newQuestion(
  kind: QuestionKind,
  title: string,
  others: readonly JudgingQuestion[],
): JudgingQuestion {
  const id = freeKey(kind, new Set(others.map((question) => question.id)));
  const common = { id, title, required: true };
  const first = { key: 'first', title: '1' };
  switch (kind) {
    case 'pairwise':
      return { ...common, kind, strength_levels: 3, allow_tie: true, allow_both_bad: true };
    case 'ranking':
      return { ...common, kind, allow_ties: true };
    case 'stars':
      return { ...common, kind, scale: 5, dimensions: [first] };
    case 'labels':
      return { ...common, kind, multiple: false, options: [first] };
    case 'spans':
      return { ...common, kind, options: [first] };
    case 'text':
      return { ...common, kind, required: false, max_characters: 5000 };
  }
}
