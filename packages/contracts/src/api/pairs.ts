import { z } from 'zod';
import { Done, Id, IdParams, LongText, PageQuery, pageOf, Share, ShortText, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { DroppedRows, FeedbackQuery, PairMethod } from './curate.ts';
import { PiiSpan } from './pii.ts';

/** A text that an answer was to rest on. */
export const ContextDocument = z.object({
  title: z.string().max(500).optional(),
  text: z.string().min(1).max(100_000),
  url: z.string().max(2000).optional(),
});
export type ContextDocument = z.infer<typeof ContextDocument>;
const ContextDocuments = z.array(ContextDocument).max(50);
const Notes = z.string().max(10_000);
/** As long as what is kept of a conversation. */
const QueryContext = z.string().max(8000);

export const Pair = z.object({
  id: Id,
  dataset_id: Id.nullable(),
  query: z.string(),
  /** What was said before the query, as lines of `user: …` and `assistant: …`; empty where it was the first question. */
  query_context: z.string(),
  chosen_response: z.string(),
  rejected_response: z.string(),
  preference_strength: Share,
  context_documents: z.array(ContextDocument),
  annotator_email: z.string().nullable(),
  annotation_notes: z.string().nullable(),
  method: PairMethod,
  source_feedback_ids: z.array(Id),
  /** Counts its changes, from 1: send it back with a change, so that nobody's work is overwritten unseen. */
  version: z.number().int(),
  created_at: Timestamp,
  updated_at: Timestamp,
});
export type Pair = z.infer<typeof Pair>;

const sameText = {
  message: 'chosen_response and rejected_response are the same text.',
  path: ['rejected_response'],
};

export const createPair = endpoint({
  id: 'createPair',
  room: 'curate',
  method: 'post',
  path: '/api/preference-pairs',
  summary: 'Write a preference pair by hand',
  role: 'curator',
  body: z
    .object({
      query: LongText.min(1),
      query_context: QueryContext.default(''),
      chosen_response: LongText.min(1),
      rejected_response: LongText.min(1),
      preference_strength: Share.default(1),
      context_documents: ContextDocuments.default([]),
      annotation_notes: Notes.optional(),
    })
    .refine((pair) => pair.chosen_response !== pair.rejected_response, sameText),
  response: Pair,
  status: 201,
  errors: [],
});

export const listPairs = endpoint({
  id: 'listPairs',
  room: 'curate',
  method: 'get',
  path: '/api/preference-pairs',
  summary: 'Preference pairs, newest first',
  role: 'viewer',
  query: PageQuery.extend({
    dataset_id: Id.optional(),
    /** `true`: only pairs that are in no data set, which can still be changed. */
    free: z.enum(['true', 'false']).optional(),
    method: PairMethod.optional(),
    annotator: z.string().max(320).optional(),
    min_strength: z.coerce.number().min(0).max(1).optional(),
    max_strength: z.coerce.number().min(0).max(1).optional(),
    /** Words, all of which stand in the pair; `"in quotes"` together, `-word` not at all. */
    q: ShortText.optional(),
  }),
  response: pageOf(Pair),
  errors: ['invalid_cursor'],
});

export const getPair = endpoint({
  id: 'getPair',
  room: 'curate',
  method: 'get',
  path: '/api/preference-pairs/:id',
  summary: 'One preference pair',
  role: 'viewer',
  params: IdParams,
  response: Pair,
  errors: ['pair_not_found'],
});

export const updatePair = endpoint({
  id: 'updatePair',
  room: 'curate',
  method: 'patch',
  path: '/api/preference-pairs/:id',
  summary: 'Change a pair that is in no frozen data set',
  role: 'curator',
  params: IdParams,
  body: z.object({
    /** The version that was read: refused with `pair_changed` and the newer pair when somebody was faster. */
    version: z.number().int().min(1).optional(),
    query: LongText.min(1).optional(),
    query_context: QueryContext.optional(),
    chosen_response: LongText.min(1).optional(),
    rejected_response: LongText.min(1).optional(),
    preference_strength: Share.optional(),
    context_documents: ContextDocuments.optional(),
    annotation_notes: Notes.nullable().optional(),
  }),
  response: Pair,
  errors: ['pair_not_found', 'pair_changed', 'dataset_frozen'],
});

export const deletePair = endpoint({
  id: 'deletePair',
  room: 'curate',
  method: 'delete',
  path: '/api/preference-pairs/:id',
  summary: 'Delete a pair that is in no frozen data set',
  role: 'curator',
  params: IdParams,
  response: Done,
  errors: ['pair_not_found', 'dataset_frozen'],
});

/** What a pair said before somebody changed it. */
export const PairRevision = Pair.pick({
  version: true,
  query: true,
  chosen_response: true,
  rejected_response: true,
  preference_strength: true,
  context_documents: true,
  annotation_notes: true,
}).extend({
  /** Absent in what was replaced before pairs had one. */
  query_context: z.string().optional(),
  /** Who replaced it, and when. */
  replaced_by: z.string(),
  replaced_at: Timestamp,
});
export type PairRevision = z.infer<typeof PairRevision>;

export const listPairRevisions = endpoint({
  id: 'listPairRevisions',
  room: 'curate',
  method: 'get',
  path: '/api/preference-pairs/:id/revisions',
  summary: 'What a pair said before, newest first',
  role: 'viewer',
  params: IdParams,
  query: PageQuery,
  response: pageOf(PairRevision),
  errors: ['pair_not_found', 'invalid_cursor'],
});

export const PairField = z.enum(['query', 'chosen_response', 'rejected_response']);
const finding = { message: z.string(), severity: z.enum(['error', 'warning', 'info']) };
/** Something a curator should know before saving a pair. */
export const PairFinding = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('empty'), ...finding, field: PairField }),
  z.object({ kind: z.literal('identical'), ...finding }),
  /** Jaccard similarity of the answers' word shingles. */
  z.object({ kind: z.literal('near_duplicate'), ...finding, similarity: Share }),
  /** How many times longer the chosen answer is than the rejected one; below 1 it is shorter. */
  z.object({ kind: z.literal('length_ratio'), ...finding, ratio: z.number() }),
  z.object({ kind: z.literal('pii'), ...finding, field: PairField, spans: z.array(PiiSpan) }),
  /** The same query prefers the other answer there. */
  z.object({ kind: z.literal('contradicts'), ...finding, pair_id: Id }),
  z.object({ kind: z.literal('duplicate'), ...finding, pair_id: Id }),
]);
export type PairFinding = z.infer<typeof PairFinding>;

export const checkPair = endpoint({
  id: 'checkPair',
  room: 'curate',
  method: 'post',
  path: '/api/preference-pairs/check',
  summary: 'What speaks against a pair, while it is being written',
  role: 'curator',
  body: z.object({
    query: LongText,
    query_context: QueryContext.default(''),
    chosen_response: LongText,
    rejected_response: LongText,
    /** The pair that is being changed, which neither contradicts nor repeats itself. */
    pair_id: Id.optional(),
  }),
  response: z.object({ findings: z.array(PairFinding) }),
  errors: [],
});

export const pairsFromFeedback = endpoint({
  id: 'pairsFromFeedback',
  room: 'curate',
  method: 'post',
  path: '/api/preference-pairs/bulk',
  summary: 'Make pairs from chosen or matching feedback, with the reasons for what was left out',
  role: 'curator',
  body: z
    .object({
      feedback_ids: z.array(Id).min(2).max(10_000).optional(),
      query: FeedbackQuery.optional(),
      methods: z.array(PairMethod).default(['direct', 'correction', 'comparison']),
      /** Only say what would be made. */
      dry_run: z.boolean().default(false),
    })
    .refine(({ feedback_ids, query }) => (feedback_ids === undefined) !== (query === undefined), {
      message: 'Give either feedback_ids or query.',
      path: ['feedback_ids'],
    }),
  response: z.object({
    considered: z.number().int(),
    /** Pairs that were stored; 0 in a dry run. */
    created: z.number().int(),
    /** Pairs that the feedback gives and that are not there yet. */
    makes: z.number().int(),
    /** The first 200 of them. */
    pairs: z.array(Pair),
    left_out: z.array(DroppedRows),
  }),
  errors: ['feedback_not_found', 'too_much_feedback'],
});
