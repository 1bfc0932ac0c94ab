import { z } from 'zod';
import { DimensionRatings } from './api/collect.ts';
import { PairMethod } from './api/curate.ts';
import { Id, Share } from './common.ts';

export const Split = z.enum(['train', 'validation']);
export type Split = z.infer<typeof Split>;

/** What was said before the query, as lines of `user: …` and `assistant: …`; left out where it was the first question. */
const Context = z.string().min(1).optional();

/** One rated answer in a frozen data set. */
export const SnapshotRating = z.object({
  type: z.literal('rating'),
  split: Split,
  query: z.string(),
  context: Context,
  response: z.string(),
  /** Stars, 1 to 5; thumbs count as 1 and 5. */
  rating: z.number().min(1).max(5),
  rating_dimensions: DimensionRatings.optional(),
  comment: z.string().optional(),
  /** What it is about, by its first tag, and who gave it: `feedbackLabels`. Nothing is learnt from them; errors are told by them. */
  category: z.string().min(1).optional(),
  user_group: z.string().min(1).optional(),
  feedback_id: Id,
});
export type SnapshotRating = z.infer<typeof SnapshotRating>;

/** One preference pair in a frozen data set. */
export const SnapshotPair = z.object({
  type: z.literal('pair'),
  split: Split,
  query: z.string(),
  context: Context,
  chosen: z.string(),
  rejected: z.string(),
  strength: Share,
  method: PairMethod,
  feedback_ids: z.array(Id),
});
export type SnapshotPair = z.infer<typeof SnapshotPair>;

/** An answer's steps, each judged right or wrong, in a frozen data set. */
export const SnapshotSteps = z.object({
  type: z.literal('steps'),
  split: Split,
  query: z.string(),
  context: Context,
  /** Reasoning or tool steps that people marked, or the sentences of an answer with inline notes. */
  unit: z.enum(['step', 'sentence']),
  steps: z.array(z.object({ text: z.string(), label: z.boolean(), comment: z.string().optional() })).min(1),
  feedback_ids: z.array(Id),
});
export type SnapshotSteps = z.infer<typeof SnapshotSteps>;

/** A line of a frozen data set's snapshot: JSON Lines, canonical JSON, ratings first, steps last. Its SHA-256 is the content hash. */
export const SnapshotRow = z.discriminatedUnion('type', [SnapshotRating, SnapshotPair, SnapshotSteps]);
export type SnapshotRow = z.infer<typeof SnapshotRow>;
