import { z } from 'zod';
import { Share, Timestamp } from '../common.ts';
import { runEvents } from '../trainer/run-event.ts';

export const JobStatus = z.enum([
  'pending',
  'validating',
  'training',
  'completed',
  'failed',
  'cancelled',
  'lost',
]);
export type JobStatus = z.infer<typeof JobStatus>;

/** What happens to a job, for whoever watches it; what a trainer says comes without the count of its lines. */
export const JobEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('status'), at: Timestamp, status: JobStatus }),
  z.object({
    type: z.literal('progress'),
    at: Timestamp,
    stage: z.string(),
    done: z.number(),
    total: z.number(),
    /** Share of the whole run; only a trainer says it. */
    share: Share.optional(),
    seconds_left: z.number().min(0).nullable().optional(),
  }),
  /** One measurement of a linear model's run. */
  z.object({
    type: z.literal('metric'),
    at: Timestamp,
    name: z.string(),
    value: z.number(),
    step: z.number(),
  }),
  z.object({
    type: z.literal('log'),
    at: Timestamp,
    level: z.enum(['info', 'warning', 'error']).optional(),
    message: z.string(),
  }),
  z.object({
    type: z.literal('artifact'),
    at: Timestamp,
    name: z.string().optional(),
    sha256: z.string(),
    bytes: z.number().int(),
  }),
  runEvents.started.omit({ sequence: true }),
  runEvents.metrics.omit({ sequence: true }),
  runEvents.sample.omit({ sequence: true }),
  runEvents.checkpoint.omit({ sequence: true }),
  runEvents.alarm.omit({ sequence: true }),
  /** At most one in ten seconds is kept. */
  runEvents.resources.omit({ sequence: true }),
  runEvents.stopped.omit({ sequence: true }),
  /** `model_id` is null where the run made data, not a model. */
  z.object({ type: z.literal('done'), at: Timestamp, model_id: z.string().nullable() }),
  z.object({
    type: z.literal('failed'),
    at: Timestamp,
    code: z.string().optional(),
    message: z.string(),
  }),
]);
export type JobEvent = z.infer<typeof JobEvent>;
