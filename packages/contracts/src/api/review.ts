import { z } from 'zod';
import {
  Count,
  Done,
  Id,
  IdParams,
  PageQuery,
  PlainText,
  pageOf,
  Share,
  ShortText,
  Timestamp,
  WrittenText,
} from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { Role } from '../roles.ts';
import { Feedback, FeedbackSource, FeedbackStatus, FeedbackType } from './collect.ts';
import { LoggedAnswer } from './serve.ts';

/** Yes or no, also as the text that an address carries. */
const Flag = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]);
const SearchText = z.string().trim().min(1).max(500);
const Tag = WrittenText(100);

/**
 * What stands in a queue. Every field narrows it. `semantic` keeps what asks nearly the same and orders by likeness,
 * whatever `order` says. A name that is none of these is refused: ignored, it would let a decision on a filter go far
 * beyond what was meant.
 */
export const ReviewFilter = z.strictObject({
  status: FeedbackStatus.default('pending'),
  source: FeedbackSource.optional(),
  feedback_type: FeedbackType.optional(),
  response_id: Id.optional(),
  session_id: ShortText.optional(),
  user_id: ShortText.optional(),
  reward_model: ShortText.optional(),
  min_rating: z.coerce.number().min(1).max(5).optional(),
  max_rating: z.coerce.number().min(1).max(5).optional(),
  tag: Tag.optional(),
  after: Timestamp.optional(),
  before: Timestamp.optional(),
  /** Words in question, answer or comment; "quoted" for phrases, `or` and `-` as in a web search. */
  q: SearchText.optional(),
  /** A question or topic in one's own words. */
  semantic: SearchText.optional(),
  assigned_to: z.union([z.enum(['me', 'nobody']), Id]).optional(),
  /** Assigned to me, or held by me right now. */
  mine: Flag.optional(),
  has_comment: Flag.optional(),
  has_correction: Flag.optional(),
  /** |reward model's score − rating on the same scale|, at least. */
  min_disagreement: z.coerce.number().min(0).max(1).optional(),
});
export type ReviewFilter = z.output<typeof ReviewFilter>;

/** `teaching`: what a reward model would learn most from comes first. `random`: a fixed shuffle. */
export const ReviewOrder = z.enum(['newest', 'oldest', 'teaching', 'random']);
export type ReviewOrder = z.infer<typeof ReviewOrder>;

/** Somebody holds the item until then, unless they let it go or decide before. */
export const Reservation = z.object({ by: z.string(), mine: z.boolean(), until: Timestamp });
export type Reservation = z.infer<typeof Reservation>;

/** A curator's side of a feedback. */
export const Review = z.object({
  assigned_to: z.object({ id: Id, name: z.string() }).nullable(),
  note: z.string().nullable(),
  /** The answer as a curator says it should have been. */
  correction: z.string().nullable(),
  /** The reward model's score of the answer; null until it has been scored. */
  score: Share.nullable(),
  disagreement: Share.nullable(),
  /** How much the item teaches, 0 to 1. */
  priority: Share,
  reserved: Reservation.nullable(),
});
export type Review = z.infer<typeof Review>;

export const ReviewItem = z.object({ feedback: Feedback, review: Review });
export type ReviewItem = z.infer<typeof ReviewItem>;

/** How many questions semantic search knows; where over 10,000 are still unknown, about how many. */
const SemanticIndex = z.object({ indexed: z.number().int(), total: z.number().int() });

export const reviewQueue = endpoint({
  id: 'reviewQueue',
  room: 'curate',
  method: 'get',
  path: '/api/review/queue',
  summary: 'What is to be reviewed, by filter and order, in pages; the first page says how many there are',
  role: 'curator',
  query: PageQuery.extend(ReviewFilter.shape).extend({ order: ReviewOrder.default('newest') }),
  response: pageOf(ReviewItem).extend({
    /** Null on later pages. */
    count: Count.nullable(),
    /** Null unless `semantic` was asked for. */
    semantic_index: SemanticIndex.nullable(),
  }),
  errors: ['invalid_cursor', 'scoring_unavailable', 'overloaded'],
});

export const reserveNext = endpoint({
  id: 'reserveNext',
  room: 'curate',
  method: 'post',
  path: '/api/review/next',
  summary: 'Take the next items for yourself: nobody else gets them while you hold them',
  role: 'curator',
  body: z.object({
    filter: ReviewFilter.prefault({}),
    order: ReviewOrder.default('teaching'),
    count: z.number().int().min(1).max(10).default(1),
    /** Go on holding what you hold (at most 30 in all), or let it go. */
    hold_previous: z.boolean().default(true),
  }),
  response: z.object({
    /** Newly taken, in order; fewer than asked for when there are no more. */
    items: z.array(ReviewItem),
    /** Everything that you hold now. */
    held_ids: z.array(Id),
    until: Timestamp,
  }),
  errors: ['scoring_unavailable', 'overloaded'],
});

const HeldByOther = z.object({ id: Id, by: z.string(), until: Timestamp });

export const renewReservations = endpoint({
  id: 'renewReservations',
  room: 'curate',
  method: 'post',
  path: '/api/review/renew',
  summary: 'Go on holding items, or take ones that nobody holds; call it every minute or so',
  role: 'curator',
  body: z.object({ ids: z.array(Id).min(1).max(30) }),
  response: z.object({ held_ids: z.array(Id), refused: z.array(HeldByOther), until: Timestamp }),
  errors: [],
});

export const releaseReservations = endpoint({
  id: 'releaseReservations',
  room: 'curate',
  method: 'post',
  path: '/api/review/release',
  summary: 'Let items go that you hold; all of them unless some are named',
  role: 'curator',
  body: z.object({ ids: z.array(Id).min(1).max(30).optional() }),
  response: z.object({ released: z.number().int() }),
  errors: [],
});

const Note = WrittenText(10_000);

/**
 * What a curator decides. `correct` stores the better answer and approves; `skip` keeps the item from coming back to
 * you for a day; `reopen` makes it pending again.
 */
export const ReviewAction = z.discriminatedUnion('action', [
  z.object({ action: z.enum(['approve', 'reject', 'flag']), note: Note.optional() }),
  z.object({ action: z.enum(['skip', 'reopen', 'unassign']) }),
  z.object({ action: z.literal('correct'), correction: WrittenText(200_000) }),
  /** Replaces the note; null takes it away. */
  z.object({ action: z.literal('note'), note: Note.nullable() }),
  z.object({ action: z.enum(['tag', 'untag']), tags: z.array(Tag).min(1).max(20) }),
  z.object({ action: z.literal('assign'), assignee: z.union([z.literal('me'), Id]) }),
]);
export type ReviewAction = z.infer<typeof ReviewAction>;

export const ReviewDecision = z.object({
  id: Id,
  decision: ReviewAction,
  by: z.string(),
  mine: z.boolean(),
  at: Timestamp,
  /** `running`, `undoing`: many items, in the background. `failed`: it stopped half way; undo takes back what was done. */
  state: z.enum(['running', 'done', 'failed', 'undoing', 'undone']),
  /** Items it is about. */
  items: z.number().int(),
  /** Items changed so far. */
  done: z.number().int(),
  /** Items left alone, being held by somebody else or gone. */
  left_alone: z.number().int(),
  /** The first ten of the items. */
  feedback_ids: z.array(Id),
  /** The filter, where it was made by one. */
  filter: ReviewFilter.nullable(),
  /** Among the last ten of yours that have not been taken back. */
  undoable: z.boolean(),
});
export type ReviewDecision = z.infer<typeof ReviewDecision>;

export const previewDecision = endpoint({
  id: 'previewDecision',
  room: 'curate',
  method: 'post',
  path: '/api/review/preview',
  summary:
    'How many items a decision on a whole filter would change, with some of them and a token to go on with',
  role: 'curator',
  body: z.object({ filter: ReviewFilter.prefault({}) }),
  response: z.object({
    matched: Count,
    sample: z.array(ReviewItem),
    /** Names the filter, the moment and the number; items that come later are not touched. */
    preview: z.string(),
  }),
  errors: ['scoring_unavailable', 'overloaded'],
});

export const decideReview = endpoint({
  id: 'decideReview',
  room: 'curate',
  method: 'post',
  path: '/api/review/decisions',
  summary:
    'Decide about items by id, or about a whole filter after a preview; more than a thousand run in the background',
  role: 'curator',
  body: z
    .object({
      decision: ReviewAction,
      ids: z.array(Id).min(1).max(1000).optional(),
      filter: ReviewFilter.optional(),
      preview: z.string().max(500).optional(),
    })
    .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
      message: 'Name either `ids` or a `filter`.',
    })
    .refine(({ filter, preview }) => (filter === undefined) === (preview === undefined), {
      message: 'A decision about a filter carries the `preview` that POST /api/review/preview gave.',
      path: ['preview'],
    }),
  response: z.object({
    decision: ReviewDecision,
    unknown_ids: z.array(Id),
    /** Named items that were left alone because somebody else holds them. */
    reserved: z.array(HeldByOther),
  }),
  errors: [
    'feedback_not_found',
    'member_not_found',
    'item_reserved_by_other',
    'review_set_changed',
    'review_too_many',
    'scoring_unavailable',
    'overloaded',
  ],
});

export const getReviewDecision = endpoint({
  id: 'getReviewDecision',
  room: 'curate',
  method: 'get',
  path: '/api/review/decisions/:id',
  summary: 'A decision, and how far it is',
  role: 'curator',
  params: IdParams,
  response: ReviewDecision,
  errors: ['decision_not_found'],
});

export const undoReview = endpoint({
  id: 'undoReview',
  room: 'curate',
  method: 'post',
  path: '/api/review/undo',
  summary: 'Take back your last decision, up to ten in a row; items that changed since are left as they are',
  role: 'curator',
  body: z.object({}),
  response: z.object({
    decision: ReviewDecision,
    /** Items that are as they were before. */
    restored: z.number().int(),
    /** Items that somebody changed since, in all and the first hundred. */
    skipped: z.number().int(),
    skipped_ids: z.array(Id),
    /** Items that you hold again: the one of a single decision, if it is free. */
    held_ids: z.array(Id),
  }),
  errors: ['nothing_to_undo'],
});

export const listReviewDecisions = endpoint({
  id: 'listReviewDecisions',
  room: 'curate',
  method: 'get',
  path: '/api/review/history',
  summary: 'Decisions, newest first: yours, or everybody’s',
  role: 'curator',
  query: PageQuery.extend({ by: z.enum(['me', 'all']).default('me') }),
  response: pageOf(ReviewDecision),
  errors: ['invalid_cursor'],
});

const SimilarItem = z.object({
  id: Id,
  query: z.string(),
  response: z.string(),
  status: FeedbackStatus,
  rating_overall: z.number().nullable(),
  tags: z.array(z.string()),
  /** Cosine of the questions' vectors; 1 for the same question. */
  similarity: z.number(),
});
const TagCount = z.object({ tag: z.string(), count: z.number().int() });

export const ReviewContext = ReviewItem.extend({
  /** The logged answer with candidates, scores, sources and steps; null for imports. */
  answer: LoggedAnswer.nullable(),
  /** What the person said before they changed their mind, newest first. */
  earlier: z.array(z.object({ replaced_at: Timestamp, was: z.record(z.string(), z.unknown()) })),
  /** What curators decided about it, newest first. */
  decisions: z.array(
    z.object({ id: Id, decision: ReviewAction, by: z.string(), at: Timestamp, undone: z.boolean() }),
  ),
  /** Other feedback on the same answer. */
  others: z.array(Feedback),
  similar: z.array(SimilarItem),
  /** Tags of similar items that it does not carry, most frequent first. */
  suggested_tags: z.array(TagCount),
});
export type ReviewContext = z.infer<typeof ReviewContext>;

export const getReviewItem = endpoint({
  id: 'getReviewItem',
  room: 'curate',
  method: 'get',
  path: '/api/review/items/:id',
  summary: 'One item with its whole context',
  role: 'curator',
  params: IdParams,
  response: ReviewContext,
  errors: ['feedback_not_found'],
});

export const reviewProgress = endpoint({
  id: 'reviewProgress',
  room: 'curate',
  method: 'get',
  path: '/api/review/progress',
  summary: 'Done today, pace, what remains of a filter and how long that takes',
  role: 'curator',
  query: z.object(ReviewFilter.shape).extend({
    /** When today began for you; midnight UTC unless given. */
    since: Timestamp.optional(),
  }),
  response: z.object({
    /** Items decided (approved, rejected, flagged, corrected) and not taken back. */
    done_today: z.object({ mine: z.number().int(), all: z.number().int() }),
    /** Your single decisions of the last hour; null below five. */
    pace: z.object({ per_hour: z.number().nullable(), n: z.number().int() }),
    remaining: Count,
    /** Null without a pace, or where what remains is not counted exactly. */
    seconds_left: z.number().nullable(),
  }),
  errors: ['scoring_unavailable', 'overloaded'],
});

export const reviewers = endpoint({
  id: 'reviewers',
  room: 'curate',
  method: 'get',
  path: '/api/review/reviewers',
  summary: 'Members whom items can be assigned to, with how many pending ones they have',
  role: 'curator',
  response: z.object({
    items: z.array(
      z.object({ id: Id, name: z.string(), email: z.string(), role: Role, assigned: z.number().int() }),
    ),
  }),
  errors: [],
});

export const reviewTags = endpoint({
  id: 'reviewTags',
  room: 'curate',
  method: 'get',
  path: '/api/review/tags',
  summary: 'Tags in use among the last items that have any, most frequent first',
  role: 'curator',
  response: z.object({ tags: z.array(TagCount) }),
  errors: [],
});

export const ReviewView = z.object({
  id: Id,
  name: z.string(),
  filter: ReviewFilter,
  order: ReviewOrder,
  shared: z.boolean(),
  mine: z.boolean(),
  created_at: Timestamp,
  updated_at: Timestamp,
});
export type ReviewView = z.infer<typeof ReviewView>;

const ViewName = PlainText.trim().min(1).max(100);

export const listReviewViews = endpoint({
  id: 'listReviewViews',
  room: 'curate',
  method: 'get',
  path: '/api/review/views',
  summary: 'Saved views: yours and shared ones, oldest first',
  role: 'curator',
  query: PageQuery,
  response: pageOf(ReviewView),
  errors: ['invalid_cursor'],
});

export const createReviewView = endpoint({
  id: 'createReviewView',
  room: 'curate',
  method: 'post',
  path: '/api/review/views',
  summary: 'Save a filter and an order under a name',
  role: 'curator',
  body: z.object({
    name: ViewName,
    filter: ReviewFilter.prefault({}),
    order: ReviewOrder.default('newest'),
    shared: z.boolean().default(false),
  }),
  response: ReviewView,
  status: 201,
  errors: [],
});

export const updateReviewView = endpoint({
  id: 'updateReviewView',
  room: 'curate',
  method: 'patch',
  path: '/api/review/views/:id',
  summary: 'Change a saved view of yours',
  role: 'curator',
  params: IdParams,
  body: z
    .object({
      name: ViewName.optional(),
      filter: ReviewFilter.optional(),
      order: ReviewOrder.optional(),
      shared: z.boolean().optional(),
    })
    .refine((patch) => Object.keys(patch).length > 0, { message: 'Name at least one field to change.' }),
  response: ReviewView,
  errors: ['view_not_found'],
});

export const deleteReviewView = endpoint({
  id: 'deleteReviewView',
  room: 'curate',
  method: 'delete',
  path: '/api/review/views/:id',
  summary: 'Delete a saved view of yours',
  role: 'curator',
  params: IdParams,
  response: Done,
  errors: ['view_not_found'],
});
