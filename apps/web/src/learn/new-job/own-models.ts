import type { Job } from '@attune/contracts';
import type { RunRecipe } from './setting-shape.ts';

type Made = Pick<Job, 'recipe' | 'resulting_model_id'>;

/** Models of the organisation that a recipe can begin with, in the order of the runs that made them. */
export function ownModelsFor(recipe: RunRecipe, jobs: readonly Made[]): string[] {
  const fit = jobs.filter((job) => canBegin(recipe, job));
  return [...new Set(fit.flatMap(({ resulting_model_id: model }) => (model === null ? [] : [model])))];
}

function canBegin(recipe: RunRecipe, { recipe: madeBy }: Made): boolean {
  const isPolicy = madeBy === 'sft' || madeBy === 'dpo' || madeBy === 'ppo';
  // A reward model goes on from one, or as a decoder from a policy.
  if (recipe === 'reward') return isPolicy || madeBy === 'reward';
  return (recipe === 'sft' || recipe === 'dpo' || recipe === 'ppo') && isPolicy;
}
