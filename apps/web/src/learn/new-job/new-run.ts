import { CustomJob, type Job, RewardHyperparameters } from '@attune/contracts';
import { z } from 'zod';
import { api } from '../../shell/api.ts';
import type { JobDraft } from './job-draft.ts';

/**
 * Starts a run. The settings were typed by a person: the schema of the contract makes them what the call takes.
 * @throws Error naming the setting that is out of range
 */
export async function newRun(draft: JobDraft, hyperparameters: Record<string, unknown>): Promise<Job> {
  const { recipe, dataset, modelName: model_name, baseModel: base_model } = draft;
  if (recipe === 'attune') {
    const settings = checked(RewardHyperparameters, hyperparameters);
    return await api.createJob({ body: { dataset, model_name, hyperparameters: settings } });
  }
  const outputs =
    recipe === 'constitutional'
      ? { import_preferences: draft.handsOver }
      : { judge_samples: draft.handsOver ? {} : null };
  const body = { provider: 'custom', recipe, dataset, model_name, base_model, hyperparameters, ...outputs };
  return await api.createJob({ body: checked(CustomJob, body) });
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Error(z.prettifyError(result.error));
}
