import { z } from 'zod';
import { PlainText, ShortText } from '../common.ts';

/** Name of a question, option or dimension within its project: stays the same when a title is changed. */
const Key = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,49}$/, 'must be lower-case letters, digits, _ and -');
const Title = PlainText.min(1).max(200);

/** Something to choose: a label or a dimension. */
export const JudgingOption = z.object({
  key: Key,
  title: Title,
  description: z.string().max(2000).optional(),
});
export type JudgingOption = z.infer<typeof JudgingOption>;

const Options = z
  .array(JudgingOption)
  .min(1)
  .max(50)
  .refine((options) => new Set(options.map(({ key }) => key)).size === options.length, {
    message: 'two options have the same key.',
  });

const common = {
  id: Key,
  title: Title,
  /** Shown beneath the title. */
  description: z.string().max(5000).optional(),
  required: z.boolean().default(true),
};

/** What judges are asked about every item of a project. */
export const JudgingQuestion = z.discriminatedUnion('kind', [
  /** Which of exactly two responses is better, and how clearly. */
  z.object({
    ...common,
    kind: z.literal('pairwise'),
    /** Levels of strength, 1 (slightly) to this; with 1 nobody is asked. */
    strength_levels: z.number().int().min(1).max(5).default(3),
    allow_tie: z.boolean().default(true),
    allow_both_bad: z.boolean().default(true),
  }),
  /** Two or more responses in order, the best first; equal ones share a place. */
  z.object({ ...common, kind: z.literal('ranking'), allow_ties: z.boolean().default(true) }),
  /** Stars for each response on each dimension. */
  z.object({
    ...common,
    kind: z.literal('stars'),
    scale: z.number().int().min(2).max(10).default(5),
    dimensions: Options,
  }),
  /** Labels for the item as a whole. */
  z.object({ ...common, kind: z.literal('labels'), options: Options, multiple: z.boolean().default(false) }),
  /** Marked passages of the responses, each with a label. */
  z.object({ ...common, kind: z.literal('spans'), options: Options }),
  z.object({
    ...common,
    kind: z.literal('text'),
    max_characters: z.number().int().min(1).max(20_000).default(5000),
  }),
]);
export type JudgingQuestion = z.infer<typeof JudgingQuestion>;

export const JudgingQuestions = z
  .array(JudgingQuestion)
  .min(1)
  .max(20)
  .refine((questions) => new Set(questions.map(({ id }) => id)).size === questions.length, {
    message: 'two questions have the same id.',
  });

/**
 * Name of a response. To judges `A`, `B`, … in the order shown to them; everywhere else `r1`, `r2`, … in the order of
 * the item.
 */
export const ResponseKey = z.string().regex(/^([A-J]|r([1-9]|10))$/, 'must be the key of a response');

/** An answer to one question, of the question's kind. */
export const JudgingAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('pairwise'),
    choice: z.union([ResponseKey, z.enum(['tie', 'both_bad'])]),
    /** 1 to the question's `strength_levels`; with a choice of a response only. */
    strength: z.number().int().min(1).max(5).optional(),
  }),
  /** Places, the best first; every response stands in exactly one. Only the best: `[["B"], ["A", "C"]]`. */
  z.object({
    kind: z.literal('ranking'),
    places: z.array(z.array(ResponseKey).min(1).max(10)).min(1).max(10),
  }),
  /** Response → dimension → stars from 1. */
  z.object({
    kind: z.literal('stars'),
    stars: z.record(ResponseKey, z.record(Key, z.number().int().min(1).max(10))),
  }),
  z.object({ kind: z.literal('labels'), labels: z.array(Key).max(50) }),
  /** Code-unit offsets into the response's text: from `start` up to `end`. */
  z.object({
    kind: z.literal('spans'),
    spans: z
      .array(
        z.object({
          response: ResponseKey,
          start: z.number().int().min(0).max(200_000),
          end: z.number().int().min(1).max(200_000),
          label: Key,
          comment: z.string().max(2000).optional(),
        }),
      )
      .max(500),
  }),
  z.object({ kind: z.literal('text'), text: z.string().max(20_000) }),
]);
export type JudgingAnswer = z.infer<typeof JudgingAnswer>;

/** Answers by question id. */
export const JudgingAnswers = z.record(Key, JudgingAnswer);
export type JudgingAnswers = z.infer<typeof JudgingAnswers>;

export const SkipReason = z.enum(['cannot_judge', 'wrong_language', 'broken', 'offensive', 'other']);
export type SkipReason = z.infer<typeof SkipReason>;

/** Why an item is passed over. */
export const Skip = z.object({ reason: SkipReason, comment: ShortText.optional() });
export type Skip = z.infer<typeof Skip>;
