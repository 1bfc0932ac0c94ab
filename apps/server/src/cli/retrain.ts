import type { RetrainingLook, RetrainingRule } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import { UsageError } from './failure.ts';
import { table } from './table.ts';

const MOST_RULES = 200;

export async function retrainingRules(client: AttuneClient): Promise<RetrainingRule[]> {
  return (await client.listRetrainingRules({ query: { limit: MOST_RULES } })).items;
}

/** @throws UsageError when no rule has the name or id */
export async function ruleNamed(client: AttuneClient, nameOrId: string): Promise<RetrainingRule> {
  const rules = await retrainingRules(client);
  const rule = rules.find(({ id, name }) => id === nameOrId || name === nameOrId);
  if (rule !== undefined) return rule;
  throw new UsageError(`There is no retraining rule ${nameOrId}.`, '`attune retrain rules` lists them.');
}

export function rulesText(rules: readonly RetrainingRule[]): string {
  if (rules.length === 0) return '  No rules yet: add one on the page Training, under Rules.';
  const rows = rules.map(({ name, paused, trigger, last_run }) => [
    name,
    paused ? 'paused' : 'active',
    triggerText(trigger),
    lastRunText(last_run),
  ]);
  return table([['rule', 'state', 'starts', 'last run'], ...rows]);
}

export function lookText(look: RetrainingLook): string {
  const { spent, expected_cost, next_at, earliest_at } = look;
  return [
    `  ${verdictText(look)}`,
    ...(look.ratings === null ? [] : [`  new approved ratings  ${countText(look)}`]),
    ...(look.accuracy === null ? [] : [`  accuracy              ${accuracyText(look.accuracy)}`]),
    ...(next_at === null ? [] : [`  next time             ${next_at}`]),
    ...(earliest_at === null ? [] : [`  not before            ${earliest_at}`]),
    `  cost                  ${spent.toFixed(2)} this month, ${expected_cost.toFixed(2)} expected for a run`,
  ].join('\n');
}

function verdictText(look: RetrainingLook): string {
  switch (look.verdict) {
    case 'start':
      return `would start now, by ${look.cause}`;
    case 'running':
      return 'a run is under way';
    case 'paused':
      return 'paused';
    case 'not_yet':
      return look.ratings === null ? 'not yet' : `not yet: ${countText(look)} new approved ratings`;
    case 'too_soon':
      return 'too soon after the last run';
    case 'over_limit':
      return "over its month's limit";
  }
}

function accuracyText({ model, estimate, below, labels }: NonNullable<RetrainingLook['accuracy']>): string {
  const { value, ci, n } = estimate;
  const bound = (limit: number | null) => limit?.toFixed(3) ?? '?';
  const seen =
    value === null ? 'not enough data' : `${value.toFixed(3)} (99 %: ${bound(ci[0])} to ${bound(ci[1])})`;
  return `${model ?? 'no model in traffic'}: ${seen}, ${n} of ${labels} labels; starts surely below ${below}`;
}

function countText({ ratings, ratings_needed }: RetrainingLook): string {
  return `${ratings} of ${ratings_needed}`;
}

function triggerText({ ratings, accuracy, cron, time_zone }: RetrainingRule['trigger']): string {
  const parts = [
    ...(ratings === null ? [] : [`${ratings} ratings`]),
    ...(accuracy === null ? [] : [`accuracy below ${accuracy.below}`]),
    ...(cron === null ? [] : [`${cron} ${time_zone}`]),
  ];
  return parts.join(' or ');
}

function lastRunText(run: RetrainingRule['last_run']): string {
  if (run === null) return 'none';
  if (run.ended_at === null) return run.step;
  if (run.outcome === 'not_better') return 'no better than its base';
  return run.error_message ?? run.model_id ?? 'ended';
}
