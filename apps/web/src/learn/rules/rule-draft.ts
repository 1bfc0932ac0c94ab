import { createRetrainingRule, type DatasetType, type RetrainingRule } from '@attune/contracts';
import { z } from 'zod';
import { changedSettings, type RecipeDraft, readSettings } from '../new-job/job-draft.ts';
import { type RunRecipe, settingsOf } from '../new-job/setting-shape.ts';

/** What was typed for a rule; numbers as texts, empty where there is none. */
export interface RuleDraft extends RecipeDraft {
  readonly name: string;
  readonly ratings: string;
  /** Accuracy on fresh labels, and labels that it needs. */
  readonly accuracy: string;
  readonly labels: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly minimum: string;
  readonly evaluationSet: string;
  /** Share of live answers that a new model scores unseen. */
  readonly shadowShare: string;
  readonly hours: string;
  readonly monthlyCost: string;
}

/** Recipes that make a model, and the kind of data set that each learns from. */
const data = {
  attune: 'reward',
  reward: 'reward',
  sft: 'instruction_tuning',
  dpo: 'dpo',
  ppo: 'reward',
} as const satisfies Partial<Record<RunRecipe, DatasetType>>;
type RuleRecipe = keyof typeof data;
export const ruleRecipes = Object.keys(data) as RuleRecipe[];

export const emptyRule: RuleDraft = {
  name: '',
  ratings: '500',
  accuracy: '',
  labels: '100',
  cron: '',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  minimum: '',
  evaluationSet: '',
  shadowShare: '',
  hours: '24',
  monthlyCost: '',
  recipe: 'attune',
  baseModel: '',
  modelName: 'reward',
  settings: {},
};

/** A rule as a form shows it. */
export function ruleDraftOf(rule: RetrainingRule): RuleDraft {
  const { training, trigger, preparation, limits } = rule;
  const recipe = training.provider === 'custom' ? training.recipe : 'attune';
  return {
    name: rule.name,
    ratings: asText(trigger.ratings),
    accuracy: asText(trigger.accuracy?.below ?? null),
    labels: asText(trigger.accuracy?.labels ?? Number(emptyRule.labels)),
    cron: trigger.cron ?? '',
    timeZone: trigger.time_zone,
    minimum: asText(preparation.minimum ?? null),
    evaluationSet: rule.evaluation_set ?? '',
    shadowShare: asText(rule.shadow_share),
    hours: String(limits.minimum_hours),
    monthlyCost: asText(limits.monthly_cost),
    recipe,
    baseModel: training.provider === 'custom' ? training.base_model : '',
    modelName: training.model_name,
    settings: changedSettings(training.hyperparameters, settingsOf(recipe)),
  };
}

/**
 * What a form's rule is to the server; what it does not show stays as it was.
 * @throws Error naming what cannot be read or is out of range
 */
export function ruleBody(draft: RuleDraft, before: RetrainingRule | null) {
  const { recipe, modelName: model_name, baseModel: base_model } = draft;
  const read = readSettings(draft, settingsOf(recipe));
  if ('unreadable' in read) throw new Error(read.unreadable);
  const training = { model_name, hyperparameters: read.values };
  const custom = { ...before?.training, ...training, provider: 'custom', recipe, base_model };
  const result = createRetrainingRule.body.safeParse({
    name: draft.name,
    trigger: {
      ratings: asNumber(draft.ratings),
      accuracy: accuracyOf(draft, before),
      cron: draft.cron.trim() || null,
      time_zone: draft.timeZone,
    },
    preparation: {
      ...before?.preparation,
      dataset_type: ruleRecipes.includes(recipe as RuleRecipe) ? data[recipe as RuleRecipe] : 'reward',
      minimum: asNumber(draft.minimum) ?? undefined,
    },
    training: recipe === 'attune' ? training : custom,
    evaluation_set: draft.evaluationSet === '' ? null : draft.evaluationSet,
    shadow_share: asNumber(draft.shadowShare),
    limits: { minimum_hours: Number(draft.hours), monthly_cost: asNumber(draft.monthlyCost) },
  });
  if (result.success) return result.data;
  throw new Error(z.prettifyError(result.error));
}

function accuracyOf({ accuracy, labels }: RuleDraft, before: RetrainingRule | null) {
  const below = asNumber(accuracy);
  return below === null ? null : { ...before?.trigger.accuracy, below, labels: Number(labels) };
}

function asText(value: number | null): string {
  return value === null ? '' : String(value);
}

function asNumber(typed: string): number | null {
  return typed.trim() === '' ? null : Number(typed);
}
