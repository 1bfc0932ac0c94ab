import { z } from 'zod';
import { endpoint } from '../endpoint.ts';

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month as 2026-03');

export const Budget = z.object({
  /** `2026-03`, in UTC. */
  month: Month,
  /** Most that training may cost in the month; null where nobody set a limit. A limit holds until the next one. */
  limit: z.number().nullable(),
  /** What runs that ended in the month cost. */
  spent: z.number(),
  /** What waiting and running jobs are estimated to cost. */
  committed: z.number(),
  /** ATTUNE_TRAINER_HOURLY_COST. */
  hourly_cost: z.number(),
});
export type Budget = z.infer<typeof Budget>;

export const getBudget = endpoint({
  id: 'getBudget',
  room: 'learn',
  method: 'get',
  path: '/api/budget',
  summary: 'What training may cost in a month, and what it has cost',
  role: 'viewer',
  query: z.object({ month: Month.optional() }),
  response: Budget,
  errors: [],
});

export const setBudget = endpoint({
  id: 'setBudget',
  room: 'learn',
  method: 'patch',
  path: '/api/budget',
  summary:
    'Limit what training may cost from a month on; jobs that would cross the limit do not start, or stop',
  role: 'admin',
  body: z.object({ month: Month.optional(), limit: z.number().min(0).max(1e9).nullable() }),
  response: Budget,
  errors: [],
});
