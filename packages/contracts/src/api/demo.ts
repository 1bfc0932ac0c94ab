import { z } from 'zod';
import { Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';

/** Whether the demo corpus is in an organisation. */
export const DemoState = z.object({
  state: z.enum(['none', 'loading', 'loaded']),
  started_at: Timestamp.nullable(),
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
