import type { CustomJob } from '@attune/contracts';
import type { JobRow } from '../job-store.ts';

/** What a job makes, as far as another run can begin with it. */
type ModelKind = 'linear' | 'cross_encoder' | 'decoder' | 'policy';

const names: Record<ModelKind, string> = {
  linear: 'a linear reward model, which has no weights that the trainer reads',
  cross_encoder: 'a cross-encoder (a reward model)',
  decoder: 'a decoder with a scalar head (a reward model)',
  policy: 'a policy (a language model)',
};

type Made = Pick<JobRow, 'recipe' | 'hyperparameters'>;

/** The settings of a job that say what kind of model it is to begin with. */
export type Beginning = Pick<CustomJob, 'recipe' | 'hyperparameters'>;

/** Why a run cannot begin with a model that this job made; null where it can. */
export function unfitBase(job: Made, { recipe, hyperparameters }: Beginning): string | null {
  // Constitutional AI asks its endpoint and begins with nothing.
  if (recipe === 'constitutional') return null;
  const wanted =
    recipe === 'reward' && 'architecture' in hyperparameters ? hyperparameters.architecture : 'policy';
  return unfit(
    kindMadeBy(job),
    wanted === 'decoder' ? ['decoder', 'policy'] : [wanted],
    `the recipe ${recipe}`,
  );
}

/** Why a model that this job made cannot reward a policy within the trainer; null where it can. */
export function unfitReward(job: Made): string | null {
  return unfit(kindMadeBy(job), ['cross_encoder', 'decoder'], 'a reward of the kind `local`');
}

function unfit(kind: ModelKind | null, wanted: readonly ModelKind[], use: string): string | null {
  if (kind === null || wanted.includes(kind)) return null;
  return `is ${names[kind]}; ${use} needs ${wanted.map((one) => names[one]).join(' or ')}`;
}

function kindMadeBy({ recipe, hyperparameters }: Made): ModelKind | null {
  if (recipe === 'attune' || recipe === 'plain') return 'linear';
  if (recipe === 'constitutional') return null;
  if (recipe !== 'reward') return 'policy';
  return 'architecture' in hyperparameters ? hyperparameters.architecture : 'cross_encoder';
}
