import { z } from 'zod';
import {
  Done,
  Id,
  IdParams,
  LongText,
  PageQuery,
  pageOf,
  Share,
  ShortText,
  Timestamp,
  WrittenText,
} from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { RowError } from '../row-error.ts';
import { Dimension, StepKind } from './serve.ts';

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

const Comment = z.string().max(10_000);
/** Short words that a person picks or types: reasons, tags, labels. */
const Words = WrittenText(100);

/** A mark on one reasoning or tool step of an answer. */
export const StepMark = z.object({
  /** Number of the step within the answer, from 0. */
  index: z.number().int().min(0).max(9999),
  kind: StepKind,
  mark: z.enum(['good', 'neutral', 'bad']),
  comment: Comment.optional(),
});
export type StepMark = z.infer<typeof StepMark>;

/** The marked text with what stands around it (W3C Web Annotation: TextQuoteSelector). */
export const TextQuote = z.object({
  exact: z.string().min(1).max(10_000),
  prefix: z.string().max(500).default(''),
  suffix: z.string().max(500).default(''),
});
export type TextQuote = z.infer<typeof TextQuote>;

const Offset = z.number().int().min(0).max(100_000_000);

/** Where it stands: UTF-16 code units of the answer's raw text, the end not included (TextPositionSelector). */
export const TextPosition = z
  .object({ start: Offset, end: Offset })
  .refine(({ start, end }) => start <= end, { message: '`end` comes before `start`.', path: ['end'] });
export type TextPosition = z.infer<typeof TextPosition>;

/** A note on a part of an answer. */
export const InlineNote = z.object({
  /** Names the note: the same id again replaces it. Made by the server where it is left out. */
  id: Id.optional(),
  quote: TextQuote,
  position: TextPosition,
  /** What is wrong or right there, as the application calls it. */
  label: Words,
  severity: z.enum(['minor', 'major', 'critical']),
  comment: Comment.optional(),
});
export type InlineNote = z.infer<typeof InlineNote>;

const CandidateId = z.string().min(1).max(100);

/** A choice between two candidates of one answer; `left` and `right` say on which side each was shown. */
export const ComparisonVote = z
  .object({
    left: CandidateId,
    right: CandidateId,
    verdict: z.enum(['left', 'right', 'tie', 'both_bad']),
    /** The better one; null for a tie and when both are bad. */
    chosen: CandidateId.nullable(),
    rejected: CandidateId.nullable(),
    /** How clear it was, 0 to 1. */
    strength: Share.optional(),
  })
  .refine(({ left, right }) => left !== right, {
    message: 'The two are the same candidate.',
    path: ['right'],
  })
  .refine(agreesWithVerdict, {
    message: '`chosen` and `rejected` must be the sides that `verdict` names, or null for tie and both_bad.',
    path: ['verdict'],
  });
export type ComparisonVote = z.infer<typeof ComparisonVote>;

function agreesWithVerdict(vote: {
  left: string;
  right: string;
  verdict: 'left' | 'right' | 'tie' | 'both_bad';
  chosen: string | null;
  rejected: string | null;
}): boolean {
  const { left, right, verdict, chosen, rejected } = vote;
  if (verdict === 'left') return chosen === left && rejected === right;
  if (verdict === 'right') return chosen === right && rejected === left;
  return chosen === null && rejected === null;
}

const parts = ['step', 'note', 'comparison'] as const;
const typeOfPart = { step: 'step', note: 'inline', comparison: 'comparison' } as const;
const aboutTheAnswer = [
  'rating',
  'thumbs',
  'rating_dimensions',
  'correction',
  'safety_issue',
  'reasons',
  'tags',
  'comment',
] as const;
/** A comparison can be explained; a step and a note carry their own comment. */
const besideComparison: readonly string[] = ['reasons', 'tags', 'comment'];

/**
 * One person's reaction to one answer, or to one step, one part or two candidates of it. At least one of the optional
 * fields must say something; the types `thumbs_up` and `thumbs_down` do so by themselves. `step`, `note` and
 * `comparison` are feedback of their own: each is kept beside what is said about the whole answer.
 */
export const FeedbackInput = z
  .strictObject({
    response_id: Id,
    feedback_type: FeedbackType.optional(),
    /** Stars, 1 to 5. */
    rating: Stars.optional(),
    thumbs: z.enum(['up', 'down']).optional(),
    rating_dimensions: DimensionRatings.optional(),
    comment: Comment.optional(),
    /** Why, in chosen words. */
    reasons: z.array(Words).max(20).optional(),
    /** The answer as it should have been. */
    correction: WrittenText(200_000).optional(),
    /** The answer is harmful: raises an alert. */
    safety_issue: z.boolean().optional(),
    tags: z.array(Words).max(20).optional(),
    step: StepMark.optional(),
    note: InlineNote.optional(),
    comparison: ComparisonVote.optional(),
    /** Who gives it, as the calling application knows them; ignored for signed-in people. */
    user_id: ShortText.optional(),
  })
  .refine(
    (f) =>
      parts.some((part) => f[part] !== undefined) ||
      f.rating !== undefined ||
      f.thumbs !== undefined ||
      impliedThumbs(f.feedback_type) !== undefined ||
      f.correction !== undefined ||
      f.safety_issue === true ||
      (f.comment ?? '') !== '' ||
      (f.reasons ?? []).length > 0 ||
      Object.keys(f.rating_dimensions ?? {}).length > 0,
    {
      message:
        'Say something: rating, thumbs, rating_dimensions, reasons, comment, correction, safety_issue, step, note or comparison.',
    },
  )
  .refine((f) => f.thumbs === undefined || (impliedThumbs(f.feedback_type) ?? f.thumbs) === f.thumbs, {
    message: '`thumbs` contradicts `feedback_type`.',
    path: ['thumbs'],
  })
  .superRefine((f, context) => {
    const [part, another] = parts.filter((name) => f[name] !== undefined);
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (part === undefined) {
      const missing = parts.find((name) => typeOfPart[name] === f.feedback_type);
      if (missing !== undefined) refuse('feedback_type', `This type of feedback comes with \`${missing}\`.`);
      return;
    }
    const allowed = part === 'comparison' ? besideComparison : [];
    const beside = another ?? aboutTheAnswer.find((name) => f[name] !== undefined && !allowed.includes(name));
    if (beside !== undefined)
      refuse(beside, `Send \`${part}\` by itself, and \`${beside}\` in a request of its own.`);
    if ((f.feedback_type ?? typeOfPart[part]) !== typeOfPart[part]) {
      refuse('feedback_type', `\`${part}\` is feedback of type ${typeOfPart[part]}.`);
    }
  });
export type FeedbackInput = z.infer<typeof FeedbackInput>;

export const Feedback = z.object({
  id: Id,
  response_id: Id.nullable(),
  session_id: z.string().nullable(),
  user_id: z.string().nullable(),
  query: z.string(),
  /** What was said before the query, as lines of `user: …` and `assistant: …`; empty where it was the first question. */
  query_context: z.string(),
  response: z.string(),
  /** What it is about: `answer`, `step:<index>`, `note:<id>`, `comparison:<candidate ids>` or `voice:<id>`. */
  target: z.string(),
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
  errors: [
    'response_not_found',
    'step_not_found',
    'quote_not_found',
    'candidate_not_found',
    'rate_limited',
    'overloaded',
  ],
});

const UserId = ShortText.optional();

export const listMyFeedback = endpoint({
  id: 'listMyFeedback',
  room: 'collect',
  method: 'get',
  path: '/api/assistant/feedback',
  summary:
    'What the caller said, about one answer, a session or all; newest first. A feedback token: of its answer',
  role: 'rater',
  feedbackToken: true,
  query: PageQuery.extend({
    response_id: Id.optional(),
    session_id: ShortText.optional(),
    /** For API keys: what this user said; without it, all that came with the key. */
    user_id: UserId,
  }),
  response: pageOf(Feedback),
  errors: ['invalid_cursor'],
});

export const takeBackFeedback = endpoint({
  id: 'takeBackFeedback',
  room: 'collect',
  method: 'delete',
  path: '/api/assistant/feedback/:id',
  summary: "Take back one's own feedback, with its history and recording",
  role: 'rater',
  feedbackToken: true,
  params: IdParams,
  response: Done,
  errors: ['feedback_not_found'],
});

/** Kinds of recordings that are taken; what the bytes say counts, not the header. */
export const audioTypes = ['audio/webm', 'audio/ogg', 'audio/mp4', 'audio/wav', 'audio/mpeg'] as const;
export type AudioType = (typeof audioTypes)[number];

/** `feedback_value` of a spoken feedback. Its text, once there, is in `text_feedback` too. */
export const VoiceValue = z.object({
  audio: z.object({
    sha256: z.string(),
    media_type: z.enum(audioTypes),
    bytes: z.number().int(),
    duration_ms: z.number().int(),
  }),
  transcript: z.object({
    /** `none`: kept as audio, for no transcription endpoint is configured. */
    status: z.enum(['pending', 'done', 'none', 'failed']),
    text: z.string().optional(),
  }),
});
export type VoiceValue = z.infer<typeof VoiceValue>;

/** A file, of which only the bytes count. */
const Recording: z.ZodType<Blob, Blob> = z.file();

export const giveVoiceFeedback = endpoint({
  id: 'giveVoiceFeedback',
  room: 'collect',
  method: 'post',
  path: '/api/assistant/feedback/voice',
  summary: 'Say what one thinks of an answer: a recording, transcribed where that is configured',
  role: 'rater',
  feedbackToken: true,
  query: z.object({
    response_id: Id,
    duration_ms: z.coerce.number().int().min(1).max(3_600_000),
    user_id: UserId,
  }),
  sends: { types: audioTypes, maxBytes: 10_485_760 },
  body: Recording,
  response: Feedback,
  status: 201,
  errors: ['response_not_found', 'rate_limited', 'overloaded'],
});

export const playFeedbackAudio = endpoint({
  id: 'playFeedbackAudio',
  room: 'collect',
  method: 'get',
  path: '/api/feedback/:id/audio',
  summary: "The recording of a spoken feedback: one's own, or any for curators; in parts with a Range header",
  role: 'rater',
  feedbackToken: true,
  params: IdParams,
  answers: 'bytes',
  response: z.unknown(),
  errors: ['feedback_not_found', 'artifact_not_found'],
});

export const transcribeFeedbackAudio = endpoint({
  id: 'transcribeFeedbackAudio',
  room: 'collect',
  method: 'post',
  path: '/api/feedback/:id/transcription',
  summary: "Try again to transcribe a recording without text: one's own, or any for curators",
  role: 'rater',
  feedbackToken: true,
  params: IdParams,
  response: Feedback,
  errors: ['feedback_not_found', 'rate_limited'],
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
  /** The model that chose the answer; empty for answers that none chose. */
  reward_model: ShortText.optional(),
  policy: ShortText.optional(),
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
    tags: z.array(Words).max(20).optional(),
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
  /** What was said before the prompt, where it was not the first: lines of `user: …` and `assistant: …`. */
  context: LongText.nullish(),
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
  errors: z.array(RowError),
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
    /** As in a ratings file. */
    context: LongText.nullish(),
    chosen: LongText.min(1),
    rejected: LongText.min(1),
    strength: numberInFile(Share).nullish(),
    annotator_email: z.string().max(320).nullish(),
  })
  .refine((row) => row.chosen !== row.rejected, {
    message: 'chosen and rejected are the same text.',
    path: ['rejected'],
    params: { reason: 'same_text' },
  });
export type PairRow = z.infer<typeof PairRow>;
