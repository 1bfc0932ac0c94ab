import type { Evaluation, RetrainingRule, RetrainingRun } from '@attune/contracts';
import { evaluationsById } from '../evaluation-store.ts';
import type { RuleRow, Sql } from './rule-store.ts';
import { lastRuns, type RunRow } from './run-store.ts';

/** Rules of an organisation as callers see them, each with its last run. */
export async function ruleViews(
  sql: Sql,
  organization: string,
  rules: readonly RuleRow[],
): Promise<RetrainingRule[]> {
  const ids = rules.map(({ id }) => id);
  const runs = await lastRuns(sql, organization, ids);
  const measured = runs.map(({ evaluation_id }) => evaluation_id).filter((id) => id !== null);
  const evaluations = await evaluationsById(sql, organization, measured);
  const byRule = new Map(runs.map((run) => [run.rule_id, runView(run, evaluations)]));
  return rules.map((rule) => ruleView(rule, byRule.get(rule.id) ?? null));
}

function ruleView(rule: RuleRow, last_run: RetrainingRun | null): RetrainingRule {
  const { id, name, settings, paused, failures, last_look, created_by } = rule;
  return {
    id,
    name,
    ...settings,
    paused,
    failures,
    last_look,
    last_run,
    created_by,
    created_at: rule.created_at.toISOString(),
    updated_at: rule.updated_at.toISOString(),
  };
}

function runView(run: RunRow, evaluations: ReadonlyMap<string, Evaluation>): RetrainingRun {
  const { id, cause, step, outcome, dataset_id, model_id, error_message } = run;
  return {
    id,
    cause,
    step,
    outcome,
    dataset_id,
    model_id,
    evaluation: evaluations.get(run.evaluation_id ?? '') ?? null,
    error_message,
    started_at: run.started_at.toISOString(),
    ended_at: run.ended_at?.toISOString() ?? null,
  };
}
