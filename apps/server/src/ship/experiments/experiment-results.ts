import type { Criterion, ExperimentResults, MetricResult } from '@attune/contracts';
import {
  type ArmMoments,
  armMoments,
  benjaminiHochberg,
  criterionState,
  type Estimate,
  minimumDetectableEffect,
  observationsFor,
  rateRatioSequence,
  recommend,
  sampleRatioEvidence,
  sampleRatioPValue,
} from '@attune/core';
import { shown } from '../shown-estimate.ts';
import type { Evidence } from './experiment-evidence.ts';
import { type ArmSums, armSums, estimateOf, metricResult } from './metric-result.ts';
import { segmentResults } from './segment-results.ts';

/** How an experiment is set up, as far as its results depend on it. */
export interface Setup {
  readonly split: number;
  readonly criteria: readonly Criterion[];
  readonly expectedReactions: number;
  readonly startedAt: Date;
  /** The least p-value of the sample ratio that an earlier look gave; 1 at first. */
  readonly sampleRatioSoFar: number;
}

/** What the evidence says at one look. */
export function experimentResults(setup: Setup, evidence: Evidence, now: Date): ExperimentResults {
  const options = { tightestAt: setup.expectedReactions };
  const satisfaction = armSums(evidence.feedback, (row) => row.satisfaction);
  const metrics = adjusted([
    metricResult('satisfaction', satisfaction, options),
    metricResult(
      'rating',
      armSums(evidence.feedback, (row) => row.rating),
      options,
    ),
    metricResult(
      'latency',
      armSums(evidence.answers, (row) => row.latency),
      options,
    ),
    metricResult(
      'error_rate',
      armSums(evidence.answers, (row) => row.error_rate),
      options,
    ),
  ]);
  const users = usersOf(evidence);
  const reports = reportsOf(evidence);
  const criteria = setup.criteria.map((criterion) => {
    const seen = seenOf(criterion, metrics, reports);
    return { ...criterion, state: criterionState(criterion, seen), seen: shown(seen) };
  });
  const sampleRatio = sampleRatioPValue(
    sampleRatioEvidence([{ ...countsOf(users), weights: weightsOf(setup) }]),
  );
  const sample_ratio_p_value = Math.min(setup.sampleRatioSoFar, sampleRatio);
  const pace = paceOf(satisfaction, setup, now);
  return {
    at: now.toISOString(),
    users,
    sample_ratio_p_value,
    metrics,
    segments: segmentResults(evidence.segments, options),
    criteria,
    minimum_detectable_effect: pace.minimumDetectableEffect,
    recommendation: recommend({
      units: Math.min(users.control, users.treatment),
      units_with_feedback: Math.min(satisfaction.control.units, satisfaction.treatment.units),
      sample_ratio_p_value,
      harm: harmOf(evidence, users),
      differences: metrics.map(({ metric, difference }) => ({ metric, difference: estimateOf(difference) })),
      criteria,
      days_left: daysLeft(criteria, metrics, pace),
    }),
  };
}

function adjusted(metrics: readonly MetricResult[]): MetricResult[] {
  const qValues = benjaminiHochberg(metrics.map(({ p_value }) => p_value));
  return metrics.map((metric, index) => ({ ...metric, q_value: qValues[index] ?? null }));
}

function usersOf({ answers }: Evidence): { control: number; treatment: number } {
  const of = (arm: 'control' | 'treatment') => answers.find((row) => row.arm === arm)?.users ?? 0;
  return { control: of('control'), treatment: of('treatment') };
}

function reportsOf({ feedback }: Evidence): number {
  return feedback.find(({ arm }) => arm === 'treatment')?.safety_reports ?? 0;
}

/** How many times as many people report harm with the treatment. */
function harmOf({ feedback }: Evidence, users: ExperimentResults['users']): Estimate {
  const of = (arm: 'control' | 'treatment') => feedback.find((row) => row.arm === arm)?.reporters ?? 0;
  const share = users.treatment / (users.treatment + users.control);
  return rateRatioSequence([{ treatment: of('treatment'), control: of('control'), share }]);
}

function countsOf({ control, treatment }: { control: number; treatment: number }) {
  return { counts: [treatment, control] };
}

function weightsOf({ split }: Setup): [number, number] {
  return [split, 1 - split];
}

function seenOf(criterion: Criterion, metrics: readonly MetricResult[], reports: number): Estimate {
  if (criterion.metric === 'safety_reports') return { value: reports, ci: [reports, reports], n: reports };
  const result = metrics.find(({ metric }) => metric === criterion.metric);
  if (result === undefined) return { value: Number.NaN, ci: [-Infinity, Infinity], n: 0 };
  return estimateOf(criterion.measure === 'relative' ? result.relative : result.difference);
}

/** How fast reactions come, and what they can show. */
interface Pace {
  readonly reactions: number;
  readonly perDay: number;
  readonly variance: number;
  readonly plan: { tightestAt: number; treatmentShare: number };
  readonly controlMean: number;
  readonly minimumDetectableEffect: number | null;
}

const DAY_MS = 86_400_000;

function paceOf({ control, treatment }: ArmSums, setup: Setup, now: Date): Pace {
  const arms = [armMoments(control), armMoments(treatment)] as const;
  const reactions = control.count + treatment.count;
  const days = Math.max((now.getTime() - setup.startedAt.getTime()) / DAY_MS, 1 / 24);
  const variance = pooled(arms);
  const plan = { tightestAt: setup.expectedReactions, treatmentShare: setup.split };
  const effect = minimumDetectableEffect(reactions, variance, plan);
  return {
    reactions,
    perDay: reactions / days,
    variance,
    plan,
    controlMean: arms[0].mean,
    minimumDetectableEffect: Number.isFinite(effect) ? effect : null,
  };
}

function pooled([a, b]: readonly [ArmMoments, ArmMoments]): number {
  return (a.n * a.variance + b.n * b.variance) / (a.n + b.n);
}

/**
 * Days until the first open criterion on satisfaction is expected to be settled, if the difference stays what it is;
 * null when that is unknown or further off than a year.
 */
function daysLeft(
  criteria: readonly (Criterion & { state: string })[],
  metrics: readonly MetricResult[],
  pace: Pace,
): number | null {
  const open = criteria.find(({ metric, state }) => metric === 'satisfaction' && state === 'open');
  const result = metrics.find(({ metric }) => metric === 'satisfaction');
  if (open === undefined || result === undefined || pace.perDay === 0) return null;
  const [seen, scale] =
    open.measure === 'relative' ? [result.relative.value, pace.controlMean] : [result.difference.value, 1];
  if (seen === null) return null;
  const needed = observationsFor((seen - open.value) * scale, pace.variance, pace.plan);
  const days = Math.max(0, needed - pace.reactions) / pace.perDay;
  return days <= 365 ? days : null;
}
