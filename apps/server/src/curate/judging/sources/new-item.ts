import { createHash } from 'node:crypto';
import type { JudgingAnswers, JudgingItemKind, JudgingQuestion } from '@attune/contracts';

/** An item on its way into a project. */
export interface NewItem {
  readonly kind: JudgingItemKind;
  readonly query: string;
  readonly context: string | null;
  readonly responses: readonly {
    readonly text: string;
    readonly model: string | null;
    readonly score: number | null;
  }[];
  readonly known: { readonly answers: JudgingAnswers; readonly explanation: string } | null;
  /** Of a run: its job and the step, as `job/step`. */
  readonly source: {
    readonly kind: 'rows' | 'pair' | 'answer' | 'feedback' | 'run';
    readonly id: string | null;
  };
}

/** Why an item cannot be judged by these questions, or null. */
export function misfit(questions: readonly JudgingQuestion[], { responses }: NewItem): string | null {
  const texts = new Set(responses.map(({ text }) => text.trim()));
  if (texts.has('')) return 'empty_text';
  if (texts.size < responses.length) return 'same_text';
  const kinds = new Set(questions.map(({ kind }) => kind));
  if (kinds.has('pairwise') && responses.length !== 2) return 'not_two_responses';
  if (kinds.has('ranking') && responses.length < 2) return 'only_one_response';
  return null;
}

/** The same for the same texts, in whatever order the responses stand: SHA-256 in hexadecimal. */
export function itemKey({ kind, query, context, responses }: NewItem): string {
  const texts = responses.map(({ text }) => text).sort();
  return createHash('sha256')
    .update(JSON.stringify([kind === 'item' ? 'item' : 'known', query, context, texts]))
    .digest('hex');
}
