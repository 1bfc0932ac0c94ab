import { z } from 'zod';
import { Id, PageQuery, pageOf, ShortText, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';

/** What an answer led to. Those named in the past tense did happen (1) or did not (0). */
export const OutcomeKind = z.enum([
  /** Whether nobody of the team had to take the question over. */
  'ticket_deflected',
  /** From the question until it was settled. */
  'resolution_seconds',
  /** Whether the answer was used. */
  'adopted',
  /** What the interaction cost, in your currency. */
  'cost',
  'converted',
  /** Whether the person came back. */
  'return_visit',
]);
export type OutcomeKind = z.infer<typeof OutcomeKind>;

/** Kinds that happened or did not. */
export const happenedKinds = ['ticket_deflected', 'adopted', 'converted', 'return_visit'] as const;

/** An amount of a kind: seconds, or money. */
const Amount = z.number().min(0).max(1e12);

/** Names what it is about: an answer, or a session, whose newest answer before it is taken; a user alone tells of no model. */
const about = {
  response_id: Id.optional(),
  session_id: ShortText.min(1).optional(),
  user_id: ShortText.min(1).optional(),
  /** Now unless given. */
  occurred_at: Timestamp.optional(),
};

export const NewOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(happenedKinds), value: z.boolean().default(true), ...about }),
  z.object({ kind: z.enum(['resolution_seconds', 'cost']), value: Amount, ...about }),
]);
export type NewOutcome = z.infer<typeof NewOutcome>;

export const Outcome = z.object({
  id: Id,
  kind: OutcomeKind,
  /** An amount; 1 or 0 of what happened or did not. */
  value: z.number(),
  /** The answer that it is counted for. */
  response_id: Id.nullable(),
  session_id: z.string().nullable(),
  user_id: z.string().nullable(),
  occurred_at: Timestamp,
  reported_by: z.string(),
  created_at: Timestamp,
});
export type Outcome = z.infer<typeof Outcome>;

export const reportOutcome = endpoint({
  id: 'reportOutcome',
  room: 'watch',
  method: 'post',
  path: '/api/outcomes',
  summary: 'Say what an answer led to: a ticket deflected, time to resolution, adoption, cost, a conversion',
  role: 'rater',
  body: NewOutcome,
  response: Outcome,
  status: 201,
  errors: ['invalid_request', 'response_not_found'],
});

export const listOutcomes = endpoint({
  id: 'listOutcomes',
  room: 'watch',
  method: 'get',
  path: '/api/outcomes',
  summary: 'Outcomes, newest first',
  role: 'curator',
  query: PageQuery.extend({
    kind: OutcomeKind.optional(),
    after: Timestamp.optional(),
    before: Timestamp.optional(),
  }),
  response: pageOf(Outcome),
  errors: ['invalid_cursor'],
});
