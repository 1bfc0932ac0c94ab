import type { RetrainingStep } from '@attune/contracts';
import { type Insertable, sql as raw, type Selectable, type Updateable } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import { unfinished } from '../job-status.ts';
import type { RuleKey, Sql } from './rule-store.ts';

export type RunRow = Selectable<Tables['retraining_runs']>;

/** Begins a run; undefined when one of the rule is under way. */
export function insertRun(sql: Sql, row: Insertable<Tables['retraining_runs']>): Promise<RunRow | undefined> {
  return sql
    .insertInto('retraining_runs')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

export function findRun(sql: Sql, { organization, id }: RuleKey): Promise<RunRow | undefined> {
  return sql
    .selectFrom('retraining_runs')
    .selectAll()
    .where('organization', '=', organization)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The newest run of each of some rules of an organisation. */
export function lastRuns(sql: Sql, organization: string, rules: readonly string[]): Promise<RunRow[]> {
  return sql
    .selectFrom('retraining_runs')
    .selectAll()
    .distinctOn('rule_id')
    .where('organization', '=', organization)
    .where(raw<boolean>`rule_id = ANY(${[...rules]}::uuid[])`)
    .orderBy('rule_id')
    .orderBy('id', 'desc')
    .execute();
}

/** Runs of every organisation that can be taken a step further: their job, where they have one, is over. */
export function runsToAdvance(sql: Sql): Promise<RunRow[]> {
  return sql
    .selectFrom('retraining_runs as run')
    .leftJoin('fine_tuning_jobs as job', 'job.id', 'run.id')
    .selectAll('run')
    .where('run.ended_at', 'is', null)
    .where((is) => is.or([is('job.id', 'is', null), is('job.status', 'not in', unfinished)]))
    .orderBy('run.id')
    .execute();
}

/** Changes a run that is still at a step; undefined when it is not. */
export function changeRun(
  sql: Sql,
  { organization, id, step }: RuleKey & { step: RetrainingStep },
  change: Updateable<Tables['retraining_runs']>,
): Promise<RunRow | undefined> {
  return sql
    .updateTable('retraining_runs')
    .set(change)
    .where('organization', '=', organization)
    .where('id', '=', id)
    .where('step', '=', step)
    .where('ended_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

/** What the jobs of a rule cost that began since a time; those that run count as estimated. */
export async function spentSince(sql: Sql, { organization, id }: RuleKey, since: Date): Promise<number> {
  const row = await sql
    .selectFrom('retraining_runs as run')
    .innerJoin('fine_tuning_jobs as job', 'job.id', 'run.id')
    .select(raw<number>`coalesce(sum(coalesce(job.actual_cost, job.cost_estimate, 0)), 0)::float8`.as('cost'))
    .where('run.organization', '=', organization)
    .where('run.rule_id', '=', id)
    .where('run.started_at', '>=', since)
    .executeTakeFirstOrThrow();
  return row.cost;
}
