import type { FreshAccuracy, RetrainingAccuracy } from '@attune/contracts';
import { type Estimate, type LabelledScore, rankingAccuracy } from '@attune/core';
import type { Learn } from '../learn.ts';
import type { RuleRow } from './rule-store.ts';

/** Looks come every few seconds, labels slowly: a measurement holds for an hour, so that chance has one try in it. */
const HOLDS_MS = 3_600_000;
const DAY_MS = 24 * HOLDS_MS;
const CONFIDENCE = 0.99;
const MOST_LABELS = 5000;

/**
 * How the live reward models do on what people said since the rule's last run, by the one that does worst; null where
 * the rule waits for no accuracy. Labels of before that run count no more: it has learnt from them.
 */
export async function freshAccuracy(
  learn: Learn,
  rule: RuleRow,
  lastStart: Date | null,
  now: Date,
): Promise<FreshAccuracy | null> {
  const { accuracy: told } = rule.settings.trigger;
  if (told === null) return null;
  const known = rule.last_look?.accuracy ?? null;
  if (known !== null && stillHolds(known, told, lastStart, now)) return known;
  const windowStart = new Date(now.getTime() - told.days * DAY_MS);
  const from = lastStart !== null && lastStart > windowStart ? lastStart : windowStart;
  const measured = await Promise.all(
    learn.needs.retraining.labels.inTraffic(rule.organization).map(async (model) => {
      const span = { organization: rule.organization, rewardModel: model, from, to: now };
      return { model, estimate: rankingAccuracy(await labelledScores(learn, span), CONFIDENCE) };
    }),
  );
  const { model, estimate } = worst(measured, told.labels);
  return { ...told, model, estimate: shown(estimate), measured_at: now.toISOString() };
}

function stillHolds(
  known: FreshAccuracy,
  told: RetrainingAccuracy,
  lastStart: Date | null,
  now: Date,
): boolean {
  const at = Date.parse(known.measured_at);
  const isAsked = known.below === told.below && known.labels === told.labels && known.days === told.days;
  return isAsked && now.getTime() - at < HOLDS_MS && (lastStart === null || at > lastStart.getTime());
}

async function labelledScores(
  { needs }: Learn,
  span: { organization: string; rewardModel: string; from: Date; to: Date },
): Promise<LabelledScore[]> {
  const labels = await needs.retraining.labels.labelsIn(span, MOST_LABELS);
  const rewards = await needs.retraining.labels.rewardsOf(
    span.organization,
    labels.map(({ responseId }) => responseId),
  );
  return labels.flatMap(({ responseId, positive }) => {
    const score = rewards.get(responseId);
    return score === undefined || positive === null ? [] : [{ score, positive }];
  });
}

interface MeasuredModel {
  readonly model: string | null;
  readonly estimate: Estimate;
}

const nothing: MeasuredModel = { model: null, estimate: rankingAccuracy([]) };

/** Of those with labels enough the one with the lowest accuracy, else the one with most labels. */
function worst(measured: readonly MeasuredModel[], labels: number): MeasuredModel {
  const known = measured.filter(({ estimate }) => estimate.n >= labels && !Number.isNaN(estimate.value));
  const [lowest] = known.toSorted((a, b) => a.estimate.value - b.estimate.value);
  return lowest ?? measured.toSorted((a, b) => b.estimate.n - a.estimate.n)[0] ?? nothing;
}

function shown({ value, ci, n }: Estimate): FreshAccuracy['estimate'] {
  return { value: finite(value), ci: [finite(ci[0]), finite(ci[1])], n };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
