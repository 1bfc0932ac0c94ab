import { type Model, type Overview, startExperiment } from '@attune/contracts';
import { defaultCriteria } from '@attune/core/criteria';
import { reactionsFor } from '@attune/core/experiment-plan';
import { z } from 'zod';
import { type CriterionDraft, criterionDraftOf, criterionOf } from './criterion-draft.ts';

/** What was typed for an experiment; numbers as texts, shares in percent. */
export interface ExperimentDraft {
  readonly name: string;
  readonly control: string;
  readonly treatment: string;
  readonly split: string;
  readonly traffic: string;
  readonly unit: 'user' | 'session';
  readonly days: string;
  /** Share of reactions that are satisfied now, and by how much they are to rise. */
  readonly baseline: string;
  readonly effect: string;
  readonly criteria: readonly CriterionDraft[];
}

/** Satisfied reactions where none were measured. */
const USUAL_BASELINE = 0.6;
/** Reactions before a measured share is worth more than a usual one. */
const FEWEST_REACTIONS = 30;
const [FEWEST_EXPECTED, MOST_EXPECTED] = [100, 10_000_000];

/** The deployed model against the newest that is tested. */
export function emptyDraft(models: readonly Model[], overview: Overview | null): ExperimentDraft {
  const control = models.find(({ status }) => status === 'deployed')?.model_id ?? '';
  const { value, n } = overview?.now.satisfaction ?? { value: null, n: 0 };
  const baseline = value === null || n < FEWEST_REACTIONS ? USUAL_BASELINE : value;
  return {
    name: '',
    control,
    treatment: candidates(models).find(({ model_id }) => model_id !== control)?.model_id ?? '',
    split: '50',
    traffic: '100',
    unit: 'user',
    days: '28',
    baseline: String(Math.round(baseline * 100)),
    effect: '5',
    criteria: defaultCriteria.map(criterionDraftOf),
  };
}

/** Models that may take part, those that are tested first. */
export function candidates(models: readonly Model[]): Model[] {
  const usable = models.filter(({ status }) => status !== 'archived');
  return [
    ...usable.filter(({ status }) => status === 'testing'),
    ...usable.filter(({ status }) => status !== 'testing'),
  ];
}

/** Reactions that a draft needs to find its effect; null where that cannot be told. */
export function neededReactions({ baseline, effect, split }: ExperimentDraft): number | null {
  const plan = {
    baseline: Number(baseline) / 100,
    effect: Number(effect) / 100,
    treatmentShare: Number(split) / 100,
  };
  const treatment = plan.baseline * (1 + plan.effect);
  const areShares = [plan.baseline, plan.treatmentShare, treatment].every((share) => share > 0 && share < 1);
  if (!areShares || plan.effect === 0) return null;
  const reactions = reactionsFor(plan);
  return Number.isFinite(reactions) ? reactions : null;
}

/**
 * What a form's experiment is to the server.
 * @throws Error naming what cannot be read or is out of range
 */
export function experimentBody(draft: ExperimentDraft, asDraft: boolean) {
  const needed = neededReactions(draft);
  const result = startExperiment.body.safeParse({
    name: draft.name,
    control_model_id: draft.control,
    treatment_model_id: draft.treatment,
    traffic_split: Number(draft.split) / 100,
    traffic: Number(draft.traffic) / 100,
    unit: draft.unit,
    days: Number(draft.days),
    success_metrics: draft.criteria.map(criterionOf),
    ...(needed !== null && {
      expected_reactions: Math.min(MOST_EXPECTED, Math.max(FEWEST_EXPECTED, needed)),
    }),
    draft: asDraft,
  });
  if (result.success) return result.data;
  throw new Error(z.prettifyError(result.error));
}
