import { z } from 'zod';
import { Share, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';

/** What loading the demo does, in order. */
export const DemoStage = z.enum(['candidates', 'ask', 'import', 'ship', 'desk']);
export type DemoStage = z.infer<typeof DemoStage>;

/** Whether the demo corpus is in an organisation. */
export const DemoState = z.object({
  state: z.enum(['none', 'loading', 'loaded']),
  started_at: Timestamp.nullable(),
  /** How far the server that answers is with loading it, and how much of that stage is done; null where it loads none. */
  progress: z.object({ stage: DemoStage, done: Share }).nullable(),
  /** Loading broke off; `POST /api/demo/load` goes on with it. */
  failed: z.boolean(),
});
export type DemoState = z.infer<typeof DemoState>;

export const getDemo = endpoint({
  id: 'getDemo',
  room: 'identity',
  method: 'get',
  path: '/api/demo',
  summary: 'Whether demo data is in your organisation',
  role: 'viewer',
  response: DemoState,
  errors: [],
});

export const markDemo = endpoint({
  id: 'markDemo',
  room: 'identity',
  method: 'post',
  path: '/api/demo',
  summary: 'Say that demo data is being loaded, or all there: `attune demo` does it before and after',
  role: 'admin',
  body: z.object({ state: z.enum(['loading', 'loaded']) }),
  response: DemoState,
  errors: [],
});

export const loadDemo = endpoint({
  id: 'loadDemo',
  room: 'identity',
  method: 'post',
  path: '/api/demo/load',
  summary: 'Load the demo corpus into an organisation without answers, or go on where loading broke off',
  role: 'admin',
  response: DemoState,
  errors: ['organization_not_empty'],
});

/** What was removed. */
export const DemoRemoved = z.object({
  answers: z.number().int(),
  feedback: z.number().int(),
  pairs: z.number().int(),
  datasets: z.number().int(),
  models: z.number().int(),
});
export type DemoRemoved = z.infer<typeof DemoRemoved>;

export const removeDemo = endpoint({
  id: 'removeDemo',
  room: 'identity',
  method: 'delete',
  path: '/api/demo',
  summary:
    'Remove what the demo brought, with everything trained on it; what people asked and said themselves stays',
  role: 'admin',
  response: DemoRemoved,
  errors: [],
});
