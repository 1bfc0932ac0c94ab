import { z } from 'zod';
import { EstimateSchema, Id, Share, Timestamp } from '../common.ts';
import { Criterion } from './experiments.ts';

export const RampMetric = z.enum(['rating', 'thumbs', 'safety', 'error_rate', 'latency', 'cost']);
export type RampMetric = z.infer<typeof RampMetric>;

/** Sends all traffic back when the new model is worse than the one before by more than the margin, and surely worse. */
export const RampGuard = z.object({
  metric: RampMetric,
  /**
   * How much worse it may be: stars of a rating; share of thumbs and of errors (0.01 is one in a hundred); relative for
   * latency, tokens an answer and people who report harm (0.5 is half as much again).
   */
  margin: z.number().min(0).max(100),
  /** Users (sessions, or answers of nobody named) that each model needs first. Safety reports are told at any number. */
  minimum_samples: z.number().int().min(50).max(1_000_000).default(50),
});
export type RampGuard = z.infer<typeof RampGuard>;

/** What a success is. Latency is compared relatively. */
export const RampCriterion = Criterion.refine(
  ({ metric, measure }) => metric !== 'latency' || measure === 'relative',
  'latency is compared relatively: `measure` is `relative`',
);

export const RampStep = z.object({
  share: Share,
  /** Seconds to hold the step before the next. */
  hold_seconds: z.number().min(0).max(31_536_000),
  /** Answers by the new model in this step before the next. */
  minimum_samples: z.number().int().min(0).max(10_000_000),
  /** Guards of this step in place of the ramp's. */
  guards: z.array(RampGuard).max(6).optional(),
});
export type RampStep = z.infer<typeof RampStep>;

export const RampState = z.enum(['ramping', 'complete', 'rolled_back', 'superseded']);
export type RampState = z.infer<typeof RampState>;

const ArmSeen = z.object({ value: z.number().nullable(), units: z.number().int() });

/** What a guard saw at one look. */
export const GuardEvidence = RampGuard.extend({
  /** `fine` is surely not worse by more than the margin; open and unknown guards let the ramp go on. */
  state: z.enum(['tripped', 'fine', 'open', 'not_enough_data']),
  /** New model less the one before, in the margin's unit; its interval is valid however often one looks. */
  difference: EstimateSchema,
  /** Of that interval: the guards of a ramp share one chance in twenty of a false alarm. */
  confidence: Share,
  /** Mean or share of either model; latency in milliseconds (geometric mean), cost in tokens an answer. */
  treatment: ArmSeen,
  control: ArmSeen,
});
export type GuardEvidence = z.infer<typeof GuardEvidence>;

export const CriterionEvidence = Criterion.extend({
  state: z.enum(['holds', 'fails', 'open', 'not_enough_data']),
  /** With a 95 % interval that is valid however often one looks. */
  seen: EstimateSchema,
  /** People of the smaller arm. */
  units: z.number().int(),
});
export type CriterionEvidence = z.infer<typeof CriterionEvidence>;

/** What one look at a ramp saw. */
export const RampEvidence = z.object({
  at: Timestamp,
  guards: z.array(GuardEvidence),
  criteria: z.array(CriterionEvidence),
  /** Whether people come to the models in the shares planned; below 0.001 nothing is decided by itself. */
  sample_ratio_p_value: z.number(),
  users: z.object({ treatment: z.number().int(), control: z.number().int() }),
  /** Answers of the new model since the step began. */
  samples_in_step: z.number().int(),
});
export type RampEvidence = z.infer<typeof RampEvidence>;

/** Something that was decided about a ramp, and what was known then. */
export const RampEvent = z.object({
  at: Timestamp,
  action: z.enum([
    'started',
    'advanced',
    /** People do not come as planned: nothing is decided by itself until somebody does. */
    'held',
    'paused',
    'resumed',
    'completed',
    'rolled_back',
    'superseded',
  ]),
  /** Index of the step from then on. */
  step: z.number().int(),
  share: Share,
  /** A caller, or `system`. */
  by: z.string(),
  reason: z.string().nullable(),
  /** The newest look; null where there was none. */
  evidence: RampEvidence.nullable(),
});
export type RampEvent = z.infer<typeof RampEvent>;

/** Models of different kinds are on their way to traffic at the same time. */
export const RampKind = z.enum(['reward', 'policy']);
export type RampKind = z.infer<typeof RampKind>;

export const Ramp = z.object({
  id: Id,
  kind: RampKind,
  model_id: z.string(),
  /** The incumbent that gets the rest of the traffic; null when there was none. */
  previous_model_id: z.string().nullable(),
  state: RampState,
  steps: z.array(RampStep),
  guards: z.array(RampGuard),
  criteria: z.array(Criterion),
  step: z.number().int(),
  share: Share,
  reason: z.string().nullable(),
  step_started_at: Timestamp,
  /** Since when somebody holds it; null while it goes on by itself. */
  paused_at: Timestamp.nullable(),
  /** Whether people came so unevenly that nothing is decided by itself. */
  held: z.boolean(),
  /** The newest look; null before the first. */
  evidence: RampEvidence.nullable(),
  /** Every decision, oldest first. */
  history: z.array(RampEvent),
  created_at: Timestamp,
  ended_at: Timestamp.nullable(),
});
export type Ramp = z.infer<typeof Ramp>;

export const defaultRampSteps: RampStep[] = [
  { share: 0.1, hold_seconds: 3600, minimum_samples: 100 },
  { share: 0.5, hold_seconds: 3600, minimum_samples: 500 },
  { share: 1, hold_seconds: 0, minimum_samples: 0 },
];
