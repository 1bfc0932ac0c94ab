import { z } from 'zod';

const Comment = z.string().optional();

/** A remark on a part as it is stored, with the words it is about. */
const StoredRemark = z.union([
  z.object({
    step: z.object({
      index: z.number(),
      mark: z.enum(['good', 'neutral', 'bad']),
      text: z.string(),
      comment: Comment,
    }),
  }),
  z.object({
    note: z.object({
      position: z.object({ start: z.number(), end: z.number() }),
      label: z.string(),
      comment: Comment,
    }),
  }),
  z.object({
    comparison: z.object({
      verdict: z.enum(['left', 'right', 'tie', 'both_bad']),
      left_text: z.string(),
      right_text: z.string(),
      strength: z.number().optional(),
    }),
  }),
]);

/** What a person says of a part of an answer, or of two candidates, as training needs it. */
export type TrainableRemark =
  | {
      readonly kind: 'step';
      readonly index: number;
      readonly mark: 'good' | 'neutral' | 'bad';
      readonly text: string;
      readonly comment: string | null;
    }
  | {
      readonly kind: 'note';
      /** UTF-16 code units of the answer. */
      readonly start: number;
      readonly end: number;
      readonly label: string;
      readonly comment: string | null;
    }
  | {
      readonly kind: 'comparison';
      readonly chosen: string;
      readonly rejected: string;
      /** 0 to 1; null where the person did not say. */
      readonly strength: number | null;
    };

/** The remark in a stored `feedback_value`; null where there is none that teaches: a tie, a step without words. */
export function trainableRemark(value: Record<string, unknown>): TrainableRemark | null {
  const parsed = StoredRemark.safeParse(value);
  if (!parsed.success) return null;
  if ('step' in parsed.data) {
    const { index, mark, text, comment } = parsed.data.step;
    return { kind: 'step', index, mark, text, comment: comment ?? null };
  }
  if ('note' in parsed.data) {
    const { position, label, comment } = parsed.data.note;
    return { kind: 'note', ...position, label, comment: comment ?? null };
  }
  const { verdict, left_text, right_text, strength = null } = parsed.data.comparison;
  if (verdict === 'left') return { kind: 'comparison', chosen: left_text, rejected: right_text, strength };
  if (verdict === 'right') return { kind: 'comparison', chosen: right_text, rejected: left_text, strength };
  return null;
}
