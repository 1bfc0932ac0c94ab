import type { Job } from '@attune/contracts';
import type { RunRecipe, Setting } from './setting-shape.ts';

/** What was typed of what to train: settings as texts, empty where the default is to be taken. */
export interface RecipeDraft {
  readonly recipe: RunRecipe;
  readonly baseModel: string;
  readonly modelName: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** What was typed for a new run. */
export interface JobDraft extends RecipeDraft {
  readonly dataset: string;
  /** Samples go before judges, AI preferences into review. */
  readonly handsOver: boolean;
}

export const emptyDraft: JobDraft = {
  recipe: 'reward',
  dataset: '',
  handsOver: false,
  baseModel: '',
  modelName: '',
  settings: {},
};

/** A draft with what another run was made with; settings at their default stay empty. */
export function draftOf(job: Job, settings: readonly Setting[]): JobDraft {
  return {
    recipe: recipeOf(job),
    dataset: job.dataset_id,
    handsOver: job.judge_samples !== null,
    baseModel: job.base_model,
    modelName: job.model_name,
    settings: changedSettings(job.hyperparameters, settings),
  };
}

/** What was set otherwise than by default, as texts. */
export function changedSettings(
  hyperparameters: object,
  settings: readonly Setting[],
): Readonly<Record<string, string>> {
  const given = new Map<string, unknown>(Object.entries(hyperparameters));
  const changed = settings.filter(({ name, otherwise }) => {
    const value = given.get(name);
    return value !== undefined && JSON.stringify(value) !== JSON.stringify(otherwise);
  });
  return Object.fromEntries(changed.map(({ name }) => [name, asText(given.get(name))]));
}

/** The form's recipe for a job. */
export function recipeOf({ recipe }: Pick<Job, 'recipe'>): RunRecipe {
  return recipe === 'plain' ? 'attune' : recipe;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Typed settings as values, or the name of the first that cannot be read. */
export function readSettings(
  draft: RecipeDraft,
  settings: readonly Setting[],
): { values: Record<string, unknown> } | { unreadable: string } {
  const values: Record<string, unknown> = {};
  for (const { name, kind } of settings) {
    const typed = draft.settings[name]?.trim() ?? '';
    if (typed === '') continue;
    const value = parsed(typed, kind);
    if (value === undefined) return { unreadable: name };
    values[name] = value;
  }
  return { values };
}

function parsed(typed: string, kind: Setting['kind']): unknown {
  if (kind === 'words' || kind === 'choice') return typed;
  if (kind === 'switch') return typed === 'true';
  if (kind === 'number') return Number.isFinite(Number(typed)) ? Number(typed) : undefined;
  try {
    return JSON.parse(typed);
  } catch {
    return undefined;
  }
}
