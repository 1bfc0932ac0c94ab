import { AttuneError, type Budget } from '@attune/contracts';
import { quantile } from '@attune/core';
import type { JobRow } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import { hoursOf } from '../trainer/cost.ts';
import { hoursOfRunsLike, limitIn, spentBetween, unfinishedRuns } from './budget-store.ts';

/** Runs like one that is to start, from which its length is estimated. */
const ALIKE = 20;

/** `2026-03` of a moment, in UTC. */
export function monthOf(at: Date): string {
  return at.toISOString().slice(0, 7);
}

/** The state of an organisation's budget in a month. */
export async function budgetIn(learn: Learn, organization: string, month: string): Promise<Budget> {
  const { sql } = learn.platform.database;
  const from = new Date(`${month}-01T00:00:00Z`);
  const to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1));
  const runs = await unfinishedRuns(sql, organization);
  return {
    month,
    limit: await limitIn(sql, organization, month),
    spent: await spentBetween(sql, organization, from, to),
    committed: runs.reduce((sum, run) => sum + Math.max(run.cost_estimate ?? 0, costSoFar(learn, run)), 0),
    hourly_cost: learn.needs.trainer.hourlyCost,
  };
}

/** What a run is expected to cost: the median of runs like it, or the most that it may take where there are none. */
export async function estimateCost(
  { needs, platform }: Learn,
  run: { organization: string; recipe: JobRow['recipe']; base_model: string; max_hours: number },
): Promise<number> {
  const hours = await hoursOfRunsLike(platform.database.sql, run, ALIKE);
  const expected = hours.length === 0 ? run.max_hours : Math.min(quantile(hours, 0.5), run.max_hours);
  return expected * needs.trainer.hourlyCost;
}

/**
 * Refuses a run that could cross the budget of this month together with what waits and runs.
 * @param cost of the run, where it does not count among what waits already
 * @throws AttuneError `budget_exceeded`
 */
export async function requireBudget(learn: Learn, organization: string, cost: number): Promise<void> {
  const { limit, spent, committed } = await thisMonth(learn, organization);
  if (limit === null || spent + committed + cost <= limit) return;
  const left = Math.max(0, limit - spent - committed).toFixed(2);
  throw new AttuneError('budget_exceeded', {
    message: `The job could cost ${cost.toFixed(2)}, and ${left} of this month's budget of ${limit.toFixed(2)} is free.`,
  });
}

/** Whether what was spent and what runs have cost until now is more than the budget. */
export async function isOverBudget(learn: Learn, organization: string): Promise<boolean> {
  if (learn.needs.trainer.hourlyCost === 0) return false;
  const { limit, spent } = await thisMonth(learn, organization);
  if (limit === null) return false;
  const runs = await unfinishedRuns(learn.platform.database.sql, organization);
  return spent + runs.reduce((sum, run) => sum + costSoFar(learn, run), 0) > limit;
}

function thisMonth(learn: Learn, organization: string): Promise<Budget> {
  return budgetIn(learn, organization, monthOf(learn.platform.clock.now()));
}

function costSoFar({ needs, platform }: Learn, run: JobRow): number {
  return hoursOf(run, platform.clock.now()) * needs.trainer.hourlyCost;
}
