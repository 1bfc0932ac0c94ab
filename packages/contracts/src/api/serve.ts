import { z } from 'zod';
import { Done, Id, IdParams, LongText, PageQuery, pageOf, Share, ShortText, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';

export const SelectionStrategy = z.enum(['best', 'weighted', 'ensemble']);
export type SelectionStrategy = z.infer<typeof SelectionStrategy>;

export const dimensions = ['accuracy', 'helpfulness', 'clarity', 'safety'] as const;
export const Dimension = z.enum(dimensions);
export type Dimension = z.infer<typeof Dimension>;

const DimensionScores = z.partialRecord(Dimension, Share);

/** What a request can ask of Attune beside the OpenAI fields. */
export const AttuneOptions = z.strictObject({
  /** How many candidates to ask for; when none passes and there is time, as many again, once. */
  candidates: z.number().int().min(1).max(8).optional(),
  strategy: SelectionStrategy.optional(),
  /** Softmax temperature of `weighted`. */
  selection_temperature: z.number().min(0.01).max(10).optional(),
  /** Reward an answer must reach to pass. */
  threshold: Share.optional(),
  /** What to do when no candidate passes. */
  on_failure: z.enum(['warn', 'decline']).optional(),
  /** Time for generating and scoring; late candidates are logged, not awaited. */
  latency_budget_ms: z.number().int().min(50).max(600_000).optional(),
  /** Stop asking as soon as a candidate reaches the threshold. */
  adaptive: z.boolean().optional(),
  dimension_weights: z.partialRecord(Dimension, z.number().min(0).max(100)).optional(),
  /** Name or id of a reward model, instead of the live one. */
  reward_model: ShortText.optional(),
  session_id: ShortText.optional(),
  /** The answer of the session that this question goes on from; null for a first question. */
  parent_response_id: Id.nullish(),
});
export type AttuneOptions = z.infer<typeof AttuneOptions>;

const ContentPart = z.looseObject({ type: z.string(), text: z.string().optional() });

export const ChatMessage = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: z.union([z.string(), z.array(ContentPart)]).nullish(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

/** OpenAI's chat request; fields that Attune does not use go to the upstream as they are. */
export const ChatRequest = z.looseObject({
  model: ShortText.default('attune'),
  messages: z.array(ChatMessage).min(1).max(2000),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  user: ShortText.nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  max_tokens: z.number().int().min(1).nullish(),
  max_completion_tokens: z.number().int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  attune: AttuneOptions.optional(),
});
export type ChatRequest = z.infer<typeof ChatRequest>;

/** A second candidate beside the delivered one, to be compared by the reader. */
export const CompareOffer = z.object({
  /** The rival, drawn at random among the other candidates. */
  candidate_id: z.string(),
  /** The rival's text. */
  response: z.string(),
  delivered_candidate_id: z.string(),
  /** Side on which the delivered answer is to be shown; drawn at random. */
  shown: z.enum(['left', 'right']),
  /** Probability with which this rival was offered. */
  propensity: Share,
});
export type CompareOffer = z.infer<typeof CompareOffer>;

/** The offer as it is logged: the rival's text stands among the candidates. */
export const LoggedComparison = CompareOffer.omit({ response: true });
export type LoggedComparison = z.infer<typeof LoggedComparison>;

/** What Attune adds to an answer. */
export const AttuneAnswer = z.object({
  response: z.string(),
  /** Calibrated probability that a person would rate the answer 4 or better; null when nothing scored it. */
  reward_score: Share.nullable(),
  response_id: Id,
  /** Candidates that were written, those of a second round included. */
  candidates_count: z.number().int(),
  generation_method: z.string(),
  feedback_prompt: z.string(),
  feedback_token: z.string(),
  /** Why the answer is less than it could be (scoring down, candidates late); null when all went well. */
  degraded: z.string().nullable(),
  /** Set when no candidate passed the checks or reached the threshold and the best is delivered anyway; says which. */
  warning: z.string().nullable(),
  reward_model: z.string().nullable(),
  /** On a share of answers (ATTUNE_COMPARE_SHARE): another candidate to compare it with. */
  compare: CompareOffer.nullable(),
});
export type AttuneAnswer = z.infer<typeof AttuneAnswer>;

const Usage = z.looseObject({
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
  total_tokens: z.number(),
});

export const ChatResponse = z.looseObject({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.number().int(),
  model: z.string(),
  choices: z.array(
    z.looseObject({
      index: z.number().int(),
      message: z.looseObject({ role: z.literal('assistant'), content: z.string().nullable() }),
      finish_reason: z.string().nullable(),
    }),
  ),
  usage: Usage.optional(),
  attune: AttuneAnswer,
});
export type ChatResponse = z.infer<typeof ChatResponse>;

export const chatCompletions = endpoint({
  id: 'chatCompletions',
  room: 'serve',
  method: 'post',
  path: '/v1/chat/completions',
  summary: 'Answer a conversation with the best of several candidates (OpenAI-compatible)',
  role: 'rater',
  body: ChatRequest,
  response: ChatResponse,
  answers: 'chat',
  errors: [
    'model_not_found',
    'prompt_too_long',
    'content_not_text',
    'no_answer_available',
    'answer_declined',
    'scoring_unavailable',
    'upstream_rate_limited',
    'upstream_rejected',
    'upstream_unavailable',
    'upstream_timeout',
    'overloaded',
  ],
});

export const listServedModels = endpoint({
  id: 'listServedModels',
  room: 'serve',
  method: 'get',
  path: '/v1/models',
  summary: 'What can answer (OpenAI-compatible)',
  role: 'viewer',
  response: z.object({
    object: z.literal('list'),
    data: z.array(
      z.object({
        id: z.string(),
        object: z.literal('model'),
        created: z.number().int(),
        owned_by: z.string(),
      }),
    ),
  }),
  errors: [],
});

/**
 * What was said before the query: lines of `user: …` and `assistant: …`, of which the last 8,000 characters are read, as
 * in training. Linear reward models read the query alone.
 */
const QueryContext = LongText;

const RerankDocument = z.union([LongText, z.looseObject({ text: LongText })]);

/** Cohere's and Jina's shape; `candidates` is accepted for `documents`. */
export const RerankRequest = z
  .looseObject({
    model: ShortText.optional(),
    query: LongText,
    context: QueryContext.optional(),
    documents: z.array(RerankDocument).min(1).max(1000).optional(),
    candidates: z.array(RerankDocument).min(1).max(1000).optional(),
    top_n: z.number().int().min(1).optional(),
    return_documents: z.boolean().default(false),
  })
  .refine((body) => body.documents !== undefined || body.candidates !== undefined, {
    message: 'Send `documents` (or `candidates`): the texts to rank.',
    path: ['documents'],
  });

export const rerank = endpoint({
  id: 'rerank',
  room: 'serve',
  method: 'post',
  path: '/v1/rerank',
  summary: 'Rank texts as answers to a query, best first (Cohere and Jina shape)',
  role: 'rater',
  body: RerankRequest,
  response: z.object({
    id: z.string(),
    model: z.string(),
    results: z.array(
      z.object({
        index: z.number().int(),
        relevance_score: Share,
        document: z.object({ text: z.string() }).optional(),
      }),
    ),
  }),
  errors: ['model_not_found', 'scoring_unavailable', 'overloaded'],
});

export const Score = z.object({
  reward: Share,
  /** The uncalibrated score, for comparing models. */
  logit: z.number(),
  dimensions: DimensionScores.optional(),
});
export type Score = z.infer<typeof Score>;

export const score = endpoint({
  id: 'score',
  room: 'serve',
  method: 'post',
  path: '/v1/score',
  summary: 'Score answers to a query with a reward model',
  role: 'rater',
  body: z.object({
    model: ShortText.optional(),
    query: LongText,
    context: QueryContext.optional(),
    responses: z.array(LongText).min(1).max(1000),
  }),
  response: z.object({ model: z.string(), scores: z.array(Score) }),
  errors: ['model_not_found', 'scoring_unavailable', 'overloaded'],
});

export const StepKind = z.enum(['reasoning', 'tool']);

/** One thing that was done on the way to an answer. */
export const AnswerStep = z.object({
  /** From 0. */
  index: z.number().int(),
  kind: StepKind,
  title: z.string(),
  text: z.string(),
});
export type AnswerStep = z.infer<typeof AnswerStep>;

/** Something that an answer rests on. */
export const Source = z.object({
  document_id: Id,
  title: z.string(),
  url: z.string().nullable(),
});
export type Source = z.infer<typeof Source>;

export const Candidate = z.object({
  id: z.string(),
  text: z.string(),
  generation_method: z.string(),
  reward_score: Share.nullable(),
  dimension_scores: DimensionScores.optional(),
  /** Names of the checks it failed. */
  failed_checks: z.array(z.string()),
  /** Probability with which it was delivered; null when it came too late to be considered. */
  propensity: Share.nullable(),
  latency_ms: z.number(),
  tokens: z.number().int().nullable(),
  finish_reason: z.string().nullable(),
  /** Ids of near-duplicates that were merged into it. */
  merged: z.array(z.string()),
  /** Reasoning and tool calls, in order; absent where there were none. */
  steps: z.array(AnswerStep).optional(),
  sources: z.array(Source).optional(),
  error: z.string().optional(),
});
export type Candidate = z.infer<typeof Candidate>;

/** An answer as it was logged, with everything that led to it. */
export const LoggedAnswer = z.object({
  response_id: Id,
  user_id: z.string().nullable(),
  session_id: z.string().nullable(),
  timestamp: Timestamp,
  query: z.string(),
  context: z.array(ChatMessage),
  selected_response: z.string().nullable(),
  reward_score: Share.nullable(),
  all_candidates: z.array(Candidate),
  policy: z.string(),
  reward_model: z.string().nullable(),
  selection: z.string(),
  status: z.enum(['open', 'delivered', 'aborted', 'failed']),
  degraded: z.string().nullable(),
  timings: z.record(z.string(), z.number()),
  /** The answer that it went on from, where the client said so. */
  parent_response_id: Id.nullable(),
  /** The candidate that the reader was asked to compare it with. */
  compare: LoggedComparison.nullable(),
});
export type LoggedAnswer = z.infer<typeof LoggedAnswer>;

export const getAnswer = endpoint({
  id: 'getAnswer',
  room: 'serve',
  method: 'get',
  path: '/api/answers/:response_id',
  summary: 'One answer with its candidates, scores, steps and sources',
  role: 'rater',
  params: z.object({ response_id: Id }),
  response: LoggedAnswer,
  errors: ['response_not_found'],
});

export const listAnswers = endpoint({
  id: 'listAnswers',
  room: 'serve',
  method: 'get',
  path: '/api/answers',
  summary: 'Answers, newest first',
  role: 'curator',
  query: PageQuery.extend({
    session_id: ShortText.optional(),
    user_id: ShortText.optional(),
    after: Timestamp.optional(),
    before: Timestamp.optional(),
    status: LoggedAnswer.shape.status.optional(),
    /** Empty for answers that none chose. */
    reward_model: ShortText.optional(),
    policy: ShortText.optional(),
  }),
  response: pageOf(LoggedAnswer),
  errors: ['invalid_cursor'],
});

export const DocumentInput = z.object({
  title: ShortText.default(''),
  text: z.string().min(1).max(1_000_000),
  url: z.string().max(2000).optional(),
  metadata: z.record(z.string(), z.string()).default({}),
});
export type DocumentInput = z.input<typeof DocumentInput>;

export const Document = z.object({
  id: Id,
  title: z.string(),
  url: z.string().nullable(),
  chunks: z.number().int(),
  created_at: Timestamp,
});

export const addDocuments = endpoint({
  id: 'addDocuments',
  room: 'serve',
  method: 'post',
  path: '/api/documents',
  summary: 'Ingest documents for retrieval answers; texts that are there already are not added twice',
  role: 'curator',
  body: z.object({ documents: z.array(DocumentInput).min(1).max(200) }),
  response: z.object({ added: z.number().int(), already_there: z.number().int(), ids: z.array(Id) }),
  status: 201,
  errors: [],
});

export const listDocuments = endpoint({
  id: 'listDocuments',
  room: 'serve',
  method: 'get',
  path: '/api/documents',
  summary: 'Documents that retrieval answers draw from',
  role: 'viewer',
  query: PageQuery,
  response: pageOf(Document),
  errors: ['invalid_cursor'],
});

export const deleteDocument = endpoint({
  id: 'deleteDocument',
  room: 'serve',
  method: 'delete',
  path: '/api/documents/:id',
  summary: 'Remove a document from retrieval',
  role: 'curator',
  params: IdParams,
  response: Done,
  errors: ['document_not_found'],
});

export const RecordedAnswersInput = z.object({
  query: LongText.min(1),
  answers: z
    .array(z.object({ text: LongText.min(1), generation_method: ShortText.default('recorded') }))
    .min(1)
    .max(20),
});
export type RecordedAnswersInput = z.input<typeof RecordedAnswersInput>;

export const addRecordedAnswers = endpoint({
  id: 'addRecordedAnswers',
  room: 'serve',
  method: 'post',
  path: '/api/recorded-answers',
  summary: 'Store answers to be replayed as candidates by the model `recorded`',
  role: 'curator',
  body: z.object({ items: z.array(RecordedAnswersInput).min(1).max(500) }),
  response: z.object({ added: z.number().int(), already_there: z.number().int() }),
  status: 201,
  errors: [],
});

export const suggestQuestions = endpoint({
  id: 'suggestQuestions',
  room: 'serve',
  method: 'get',
  path: '/api/known-questions',
  summary: 'Questions that recorded answers are there for: those most like a text, else the newest',
  role: 'viewer',
  query: z.object({
    like: z.string().max(2000).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(5),
  }),
  response: z.object({ questions: z.array(z.string()) }),
  errors: [],
});
