import { z } from 'zod';
import { Done, Id, PageQuery, PlainText, pageOf, Share, ShortText, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { Feedback } from './collect.ts';
import { AnswerStep, CompareOffer, Source } from './serve.ts';

/** One of the caller's conversations: the answers of one session. */
export const ConversationSummary = z.object({
  session_id: z.string(),
  /** As the person named it, else the first question, shortened. */
  title: z.string(),
  /** Questions asked in it, branches included. */
  turns: z.number().int(),
  started_at: Timestamp,
  updated_at: Timestamp,
});
export type ConversationSummary = z.infer<typeof ConversationSummary>;

/** A question with its answer. Turns with the same parent are branches: a retry, or the question put otherwise. */
export const ConversationTurn = z.object({
  response_id: Id,
  /** The turn before it; null for a first question. */
  parent_response_id: Id.nullable(),
  timestamp: Timestamp,
  query: z.string(),
  /** Null while it is being written, and where nothing came of it. */
  response: z.string().nullable(),
  status: z.enum(['open', 'delivered', 'aborted', 'failed']),
  degraded: z.string().nullable(),
  reward_score: Share.nullable(),
  reward_model: z.string().nullable(),
  policy: z.string(),
  candidates_count: z.number().int(),
  generation_method: z.string().nullable(),
  steps: z.array(AnswerStep),
  sources: z.array(Source),
  compare: CompareOffer.nullable(),
  /** With it a page can give feedback on the answer, as it could when the answer came. */
  feedback_token: z.string(),
  /** What the caller said about it. */
  feedback: z.array(Feedback),
});
export type ConversationTurn = z.infer<typeof ConversationTurn>;

const SessionParams = z.object({ session_id: ShortText.min(1) });
/** For API keys: the user whose conversations are meant, as named when they asked. Ignored for signed-in people. */
const OfUser = z.object({ user_id: ShortText.optional() });

export const listConversations = endpoint({
  id: 'listConversations',
  room: 'serve',
  method: 'get',
  path: '/api/conversations',
  summary: "The caller's own conversations, newest first; `q` searches titles, questions and answers",
  role: 'rater',
  query: PageQuery.extend({ ...OfUser.shape, q: z.string().max(200).optional() }),
  response: pageOf(ConversationSummary),
  errors: ['invalid_cursor'],
});

export const getConversation = endpoint({
  id: 'getConversation',
  room: 'serve',
  method: 'get',
  path: '/api/conversations/:session_id',
  summary: "One of the caller's conversations: its newest turns in order; the cursor leads to older ones",
  role: 'rater',
  params: SessionParams,
  query: PageQuery.extend(OfUser.shape),
  response: ConversationSummary.extend({
    items: z.array(ConversationTurn),
    next_cursor: z.string().nullable(),
  }),
  errors: ['conversation_not_found', 'invalid_cursor'],
});

export const renameConversation = endpoint({
  id: 'renameConversation',
  room: 'serve',
  method: 'patch',
  path: '/api/conversations/:session_id',
  summary: 'Give a conversation a title',
  role: 'rater',
  params: SessionParams,
  query: OfUser,
  body: z.object({ title: PlainText.trim().min(1).max(200) }),
  response: ConversationSummary,
  errors: ['conversation_not_found'],
});

export const removeConversation = endpoint({
  id: 'removeConversation',
  room: 'serve',
  method: 'delete',
  path: '/api/conversations/:session_id',
  summary: "Remove a conversation from the caller's history; the log of its answers stays",
  role: 'rater',
  params: SessionParams,
  query: OfUser,
  response: Done,
  errors: ['conversation_not_found'],
});
