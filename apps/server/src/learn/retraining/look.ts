import type { RetrainingLook } from '@attune/contracts';
import { decideRetraining, earliestStart, type RetrainingBounds, type RetrainingChoice } from '@attune/core';
import { estimateCost, monthOf } from '../budget/budget.ts';
import type { Learn } from '../learn.ts';
import { freshAccuracy } from './fresh-accuracy.ts';
import type { RuleRow } from './rule-store.ts';
import { lastRuns, type RunRow, spentSince } from './run-store.ts';

/** A look at a rule: what it leads to, and what was seen. */
export interface Looked {
  readonly choice: RetrainingChoice;
  readonly look: RetrainingLook;
}

/** Looks at a rule as things stand now. Nothing is changed by it. */
export async function lookAt(learn: Learn, rule: RuleRow): Promise<Looked> {
  const now = learn.platform.clock.now();
  const [last] = await lastRuns(learn.platform.database.sql, rule.organization, [rule.id]);
  const bounds = boundsOf(rule);
  const lastStart = last?.started_at ?? null;
  const accuracy = await freshAccuracy(learn, rule, lastStart, now);
  const seen = {
    ratings: await ratingsSince(learn, rule, last),
    accuracy: accuracy && { upper: accuracy.estimate.ci[1], n: accuracy.estimate.n },
    ...(await costOf(learn, rule, now)),
  };
  const choice = decideRetraining(bounds, {
    now,
    isPaused: rule.paused,
    isRunning: last !== undefined && last.ended_at === null,
    isDue: rule.next_at !== null && rule.next_at <= now,
    lastStart,
    ...seen,
  });
  return {
    choice,
    look: {
      at: now.toISOString(),
      ...choice,
      ratings: bounds.ratingsNeeded === null ? null : seen.ratings,
      ratings_needed: bounds.ratingsNeeded,
      accuracy,
      next_at: rule.next_at?.toISOString() ?? null,
      earliest_at: earliestStart(bounds, lastStart)?.toISOString() ?? null,
      spent: seen.spent,
      expected_cost: seen.expectedCost,
    },
  };
}

function boundsOf({ settings: { trigger, limits } }: RuleRow): RetrainingBounds {
  return {
    ratingsNeeded: trigger.ratings,
    accuracy: trigger.accuracy,
    minimumHours: limits.minimum_hours,
    monthlyCost: limits.monthly_cost,
  };
}

async function ratingsSince({ needs }: Learn, rule: RuleRow, last: RunRow | undefined): Promise<number> {
  const most = rule.settings.trigger.ratings;
  if (most === null) return 0;
  return await needs.retraining.countRatings(rule.organization, last?.started_at ?? null, most);
}

/** What the rule's runs of this month cost, and what one more may. */
export async function costOf(learn: Learn, rule: RuleRow, now: Date) {
  const { organization, settings } = rule;
  const since = new Date(`${monthOf(now)}-01T00:00:00Z`);
  const { training } = settings;
  return {
    spent: await spentSince(learn.platform.database.sql, rule, since),
    expectedCost:
      training.provider === 'custom' ? await estimateCost(learn, { organization, ...training }) : 0,
  };
}
