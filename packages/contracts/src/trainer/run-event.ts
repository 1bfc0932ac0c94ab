import { z } from 'zod';
import { Share, Timestamp } from '../common.ts';
import { RUN_PROTOCOL } from './run-spec.ts';

const line = {
  /** Counts the events of a run from 1, across its attempts: what was read once is known by it. */
  sequence: z.number().int().min(1),
  at: Timestamp,
};

/** Why a run failed, for people and programs. */
export const RunFailureCode = z.enum([
  'invalid_spec',
  'invalid_data',
  'unknown_model',
  'out_of_memory',
  'disk_full',
  'not_finite',
  'reward_unavailable',
  'endpoint_unavailable',
  'package_missing',
  'internal',
]);
export type RunFailureCode = z.infer<typeof RunFailureCode>;

/** Each kind of event by its name. */
export const runEvents = {
  started: z.strictObject({
    ...line,
    type: z.literal('started'),
    protocol: z.literal(RUN_PROTOCOL),
    trainer_version: z.string(),
    recipe: z.string(),
    device: z.string(),
    process: z.number().int(),
    /** Step of the checkpoint it goes on from; null when it starts anew. */
    resumed_from: z.number().int().nullable(),
    versions: z.record(z.string(), z.string()),
  }),
  progress: z.strictObject({
    ...line,
    type: z.literal('progress'),
    stage: z.string(),
    done: z.number().min(0),
    total: z.number().min(0),
    /** Share of the whole run. */
    share: Share,
    seconds_left: z.number().min(0).nullable(),
  }),
  /** What was measured at a step; values that are not finite are left out and told in the log. */
  metrics: z.strictObject({
    ...line,
    type: z.literal('metrics'),
    step: z.number().int().min(0),
    values: z.record(z.string(), z.number()),
  }),
  sample: z.strictObject({
    ...line,
    type: z.literal('sample'),
    step: z.number().int().min(0),
    prompt: z.string(),
    /** What was said before the prompt; left out where it was the first question. */
    context: z.string().min(1).optional(),
    response: z.string(),
    reward: z.number().nullable(),
    /** What the model that it started from answers. */
    reference: z.string().nullable(),
  }),
  checkpoint: z.strictObject({
    ...line,
    type: z.literal('checkpoint'),
    step: z.number().int().min(0),
    path: z.string(),
  }),
  artifact: z.strictObject({
    ...line,
    type: z.literal('artifact'),
    name: z.string(),
    /** Relative to the run's folder. */
    path: z.string(),
    /** `scorer`: the one file that a server scores with. */
    kind: z.enum(['model', 'adapter', 'onnx', 'scorer', 'report', 'plot', 'data']),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: z.number().int().min(0),
  }),
  log: z.strictObject({
    ...line,
    type: z.literal('log'),
    level: z.enum(['info', 'warning', 'error']),
    message: z.string(),
  }),
  /** Something that a person should look at: a reward that is being gamed, a model that got worse. */
  alarm: z.strictObject({
    ...line,
    type: z.literal('alarm'),
    step: z.number().int().min(0),
    kind: z.enum(['reward_hacking', 'quality_loss', 'kl_limit']),
    message: z.string(),
    evidence: z.record(z.string(), z.number()),
  }),
  /** Also the sign of life, every two seconds. */
  resources: z.strictObject({
    ...line,
    type: z.literal('resources'),
    cpu_share: z.number().min(0),
    memory_bytes: z.number().int().min(0),
    gpu_share: z.number().min(0).nullable(),
    gpu_memory_bytes: z.number().int().min(0).nullable(),
  }),
  done: z.strictObject({ ...line, type: z.literal('done'), report: z.record(z.string(), z.unknown()) }),
  failed: z.strictObject({
    ...line,
    type: z.literal('failed'),
    code: RunFailureCode,
    /** What happened and what to do about it. */
    message: z.string(),
  }),
  /** Told to stop; the last checkpoint holds what there was. */
  stopped: z.strictObject({ ...line, type: z.literal('stopped'), step: z.number().int().min(0) }),
};

/** One line of `events.jsonl`, which a run appends to and a runner reads or receives. */
export const RunEvent = z.discriminatedUnion('type', [
  runEvents.started,
  runEvents.progress,
  runEvents.metrics,
  runEvents.sample,
  runEvents.checkpoint,
  runEvents.artifact,
  runEvents.log,
  runEvents.alarm,
  runEvents.resources,
  runEvents.done,
  runEvents.failed,
  runEvents.stopped,
]);
export type RunEvent = z.infer<typeof RunEvent>;
