import type { JobRecipe, JobStatus } from '@attune/contracts';
import type { Learn } from './learn.ts';
import { lookAt } from './retraining/look.ts';
import { listRules } from './retraining/rule-store.ts';

/** A span of time of an organisation. */
export interface Span {
  readonly organization: string;
  readonly from: Date;
  readonly to: Date;
}

/** A training run that ended. */
export interface EndedRun {
  readonly id: string;
  readonly modelName: string;
  readonly recipe: JobRecipe;
  readonly status: JobStatus;
  readonly modelId: string | null;
  readonly cost: number | null;
}

/** A rule of retraining, and whether it could run now. */
export interface RuleStand {
  readonly id: string;
  readonly name: string;
  readonly free: boolean;
}

const MOST_RUNS = 50;
const MOST_RULES = 20;

/** Runs that ended in a span of time, the newest fifty, and what all of them cost. */
export async function reportTraining(
  { platform: { database } }: Learn,
  { organization, from, to }: Span,
): Promise<{ runs: EndedRun[]; cost: number }> {
  const ended = database.sql
    .selectFrom('fine_tuning_jobs')
    .where('organization', '=', organization)
    .where('completed_at', '>=', from)
    .where('completed_at', '<', to);
  const rows = await ended
    .select(['id', 'model_name', 'recipe', 'status', 'resulting_model_id', 'actual_cost'])
    .orderBy('id', 'desc')
    .limit(MOST_RUNS)
    .execute();
  const sum = await ended
    .select((pick) => pick.fn.sum<number | null>('actual_cost').as('cost'))
    .executeTakeFirstOrThrow();
  return {
    runs: rows.map(({ id, model_name, recipe, status, resulting_model_id, actual_cost }) => ({
      id,
      modelName: model_name,
      recipe,
      status,
      modelId: resulting_model_id,
      cost: actual_cost,
    })),
    cost: Number(sum.cost ?? 0),
  };
}

/** The rules of an organisation, the newest first; one is free when it neither runs nor is paused or over its limit. */
export async function ruleStands(learn: Learn, organization: string): Promise<RuleStand[]> {
  const rules = await listRules(learn.platform.database.sql, organization, undefined, MOST_RULES);
  return await Promise.all(
    rules.map(async (rule) => {
      const { verdict } = (await lookAt(learn, rule)).look;
      return { id: rule.id, name: rule.name, free: !['running', 'paused', 'over_limit'].includes(verdict) };
    }),
  );
}
