import { z } from 'zod';
import { Done, Id, IdParams, LongText, PageQuery, pageOf, Share, ShortText, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { Dimension } from './serve.ts';

export const FeedbackType = z.enum([
  'thumbs_up',
  'thumbs_down',
  'rating',
  'correction',
  'detailed',
  'step',
  'inline',
  'comparison',
  'voice',
]);
export type FeedbackType = z.infer<typeof FeedbackType>;
export const FeedbackStatus = z.enum(['pending', 'approved', 'rejected', 'flagged']);
export type FeedbackStatus = z.infer<typeof FeedbackStatus>;
export const FeedbackSource = z.enum(['user', 'expert', 'model', 'import']);
export type FeedbackSource = z.infer<typeof FeedbackSource>;

const Stars = z.number().min(1).max(5);
export const DimensionRatings = z.partialRecord(Dimension, Stars);

const thumbsOf = { thumbs_up: 'up', thumbs_down: 'down' } as const;

function impliedThumbs(type: FeedbackType | undefined): 'up' | 'down' | undefined {
  return type === 'thumbs_up' || type === 'thumbs_down' ? thumbsOf[type] : undefined;
}

/**
 * One person's reaction to one answer. At least one of the optional fields must say something; the types `thumbs_up`
 * and `thumbs_down` do so by themselves.
 */
export const FeedbackInput = z
  .object({
    response_id: Id,
    feedback_type: FeedbackType.optional(),
    /** Stars, 1 to 5. */
    rating: Stars.optional(),
    thumbs: z.enum(['up', 'down']).optional(),
    rating_dimensions: DimensionRatings.optional(),
    comment: z.string().max(10_000).optional(),
    /** The answer as it should have been. */
    correction: LongText.min(1).optional(),
    /** The answer is harmful: raises an alert. */
    safety_issue: z.boolean().optional(),
    tags: z.array(z.string().min(1).max(100)).max(20).optional(),
    /** Who gives it, as the calling application knows them; ignored for signed-in people. */
    user_id: ShortText.optional(),
  })
  .refine(
    (f) =>
      f.rating !== undefined ||
      f.thumbs !== undefined ||
      impliedThumbs(f.feedback_type) !== undefined ||
      f.correction !== undefined ||
      f.safety_issue === true ||
      (f.comment ?? '') !== '' ||
      Object.keys(f.rating_dimensions ?? {}).length > 0,
    { message: 'Say something: rating, thumbs, rating_dimensions, comment, correction or safety_issue.' },
  )
  .refine((f) => f.thumbs === undefined || (impliedThumbs(f.feedback_type) ?? f.thumbs) === f.thumbs, {
    message: '`thumbs` contradicts `feedback_type`.',
    path: ['thumbs'],
  });
export type FeedbackInput = z.infer<typeof FeedbackInput>;

export const Feedback = z.object({
  id: Id,
  response_id: Id.nullable(),
  session_id: z.string().nullable(),
  user_id: z.string().nullable(),
  query: z.string(),
  response: z.string(),
  feedback_type: FeedbackType,
  feedback_value: z.record(z.string(), z.unknown()),
  rating_overall: Stars.nullable(),
  rating_dimensions: DimensionRatings,
  reaction_type: z.string().nullable(),
  text_feedback: z.string().nullable(),
  curator_email: z.string().nullable(),
  status: FeedbackStatus,
  tags: z.array(z.string()),
  source: FeedbackSource,
  reward_model: z.string().nullable(),
  policy: z.string().nullable(),
  is_training_data: z.boolean(),
  created_at: Timestamp,
  updated_at: Timestamp,
});
export type Feedback = z.infer<typeof Feedback>;

export const giveFeedback = endpoint({
  id: 'giveFeedback',
  room: 'collect',
  method: 'post',
  path: '/api/assistant/feedback',
  summary: 'Rate, correct or comment on an answer; sending again replaces what this person said before',
  role: 'rater',
  feedbackToken: true,
  body: FeedbackInput,
  response: Feedback,
  status: 201,
  errors: ['response_not_found', 'rate_limited', 'overloaded'],
});

export const FeedbackFilter = PageQuery.extend({
  status: FeedbackStatus.optional(),
  source: FeedbackSource.optional(),
  feedback_type: FeedbackType.optional(),
  response_id: Id.optional(),
  session_id: ShortText.optional(),
  user_id: ShortText.optional(),
  min_rating: z.coerce.number().min(1).max(5).optional(),
  max_rating: z.coerce.number().min(1).max(5).optional(),
  tag: z.string().max(100).optional(),
  after: Timestamp.optional(),
  before: Timestamp.optional(),
  order: z.enum(['newest', 'oldest']).default('newest'),
});

export const listFeedback = endpoint({
  id: 'listFeedback',
  room: 'collect',
  method: 'get',
  path: '/api/feedback',
  summary: 'Feedback by filter, in pages',
  role: 'curator',
  query: FeedbackFilter,
  response: pageOf(Feedback),
  errors: ['invalid_cursor'],
});

export const FeedbackPatch = z
  .object({
    status: FeedbackStatus.optional(),
    tags: z.array(z.string().min(1).max(100)).max(20).optional(),
    rating_overall: Stars.optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, { message: 'Name at least one field to change.' });

export const updateFeedback = endpoint({
  id: 'updateFeedback',
  room: 'collect',
  method: 'patch',
  path: '/api/feedback/:id',
  summary: 'Review one feedback: status, tags, rating',
  role: 'curator',
  params: IdParams,
  body: FeedbackPatch,
  response: Feedback,
  errors: ['feedback_not_found'],
});

export const bulkUpdateFeedback = endpoint({
  id: 'bulkUpdateFeedback',
  room: 'collect',
  method: 'post',
  path: '/api/feedback/bulk',
  summary: 'Review many feedbacks at once',
  role: 'curator',
  body: z.object({ ids: z.array(Id).min(1).max(1000), patch: FeedbackPatch }),
  response: z.object({ updated: z.number().int(), unknown_ids: z.array(Id) }),
  errors: [],
});

export const deleteFeedback = endpoint({
  id: 'deleteFeedback',
  room: 'collect',
  method: 'delete',
  path: '/api/feedback/:id',
  summary: 'Delete one feedback',
  role: 'curator',
  params: IdParams,
  response: Done,
  errors: ['feedback_not_found'],
});

/** A number in a file: CSV knows only texts, so a text that is a number counts as one. */
function numberInFile<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
    schema,
  );
}
const StarsInFile = numberInFile(Stars);

/** A row of a ratings file. */
export const RatingRow = z.object({
  user_prompt: LongText.min(1),
  ai_response: LongText.min(1),
  rating: StarsInFile,
  feedback_comment: z.string().max(10_000).nullish(),
  user_id: ShortText.nullish(),
  rating_dimensions: DimensionRatings.nullish(),
  created_at: Timestamp.nullish(),
});
export type RatingRow = z.infer<typeof RatingRow>;

/** A row of a conversations file: OpenAI's fine-tuning chat shape. The last assistant turn is the answer. */
export const ConversationRow = z.object({
  messages: z
    .array(z.object({ role: z.string(), content: LongText }))
    .min(2)
    .max(500),
  rating: StarsInFile.nullish(),
  user_id: ShortText.nullish(),
  session_id: ShortText.nullish(),
});
export type ConversationRow = z.infer<typeof ConversationRow>;

/** Rows keep the line they stood on, so that errors can name it. */
const ImportBody = z.object({
  rows: z
    .array(z.object({ line: z.number().int().min(1), data: z.record(z.string(), z.unknown()) }))
    .min(1)
    .max(1000),
});

export const ImportResult = z.object({
  imported: z.number().int(),
  /** Rows that were imported before. */
  already_there: z.number().int(),
  errors: z.array(z.object({ line: z.number().int(), param: z.string(), message: z.string() })),
});
export type ImportResult = z.infer<typeof ImportResult>;

export const importRatings = endpoint({
  id: 'importRatings',
  room: 'collect',
  method: 'post',
  path: '/api/import/ratings',
  summary: 'Import rated answers; bad rows are reported and the good ones kept',
  role: 'curator',
  body: ImportBody,
  response: ImportResult,
  errors: ['overloaded'],
});

export const importConversations = endpoint({
  id: 'importConversations',
  room: 'collect',
  method: 'post',
  path: '/api/import/conversations',
  summary: 'Import conversations as answers, with a rating where one is given',
  role: 'curator',
  body: ImportBody,
  response: ImportResult,
  errors: ['overloaded'],
});

export const importPairs = endpoint({
  id: 'importPairs',
  room: 'curate',
  method: 'post',
  path: '/api/import/pairs',
  summary: 'Import preference pairs; bad rows are reported and the good ones kept',
  role: 'curator',
  body: ImportBody,
  response: ImportResult,
  errors: ['overloaded'],
});

/** A row of a pairs file. */
export const PairRow = z
  .object({
    prompt: LongText.min(1),
    chosen: LongText.min(1),
    rejected: LongText.min(1),
    strength: numberInFile(Share).nullish(),
    annotator_email: z.string().max(320).nullish(),
  })
  .refine((row) => row.chosen !== row.rejected, {
    message: 'chosen and rejected are the same text.',
    path: ['rejected'],
  });
export type PairRow = z.infer<typeof PairRow>;
