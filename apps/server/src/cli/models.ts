import type { Model, ModelDoubt, Ramp } from '@attune/contracts';
import { table } from './table.ts';

/** What speaks against a model, in words. */
export const doubtText: Record<ModelDoubt, string> = {
  worse_than_chance: 'this model orders answers worse than chance; look at the data before anything else',
  not_better_than_chance: 'this model is not shown to be better than chance; more feedback would tell',
  not_better_than_length: 'this model is no better than always taking the longer answer',
};

export function modelsText(models: readonly Model[]): string {
  if (models.length === 0) return '  No models yet: `attune train reward --dataset NAME` trains one.';
  const rows = models.map(({ model_id, kind, status, base_model, created_at }) => {
    return [model_id, kind, status, base_model, created_at.slice(0, 16).replace('T', ' ')];
  });
  return table([['model', 'kind', 'status', 'base', 'made'], ...rows]);
}

export function rampText(ramp: Ramp): string {
  const share = `${Math.round(ramp.share * 100)} % of traffic`;
  switch (ramp.state) {
    case 'rolled_back': {
      const rest = ramp.kind === 'policy' ? 'the upstream' : 'no reward model';
      return `  ${ramp.model_id} rolled back; traffic goes to ${ramp.previous_model_id ?? rest}`;
    }
    case 'complete':
      return `  ${ramp.model_id} has all traffic`;
    default: {
      const standing = ramp.held
        ? ', held until somebody decides'
        : ramp.paused_at === null
          ? ''
          : ', paused';
      return `  ${ramp.model_id} has ${share} (step ${ramp.step + 1} of ${ramp.steps.length})${standing}`;
    }
  }
}
