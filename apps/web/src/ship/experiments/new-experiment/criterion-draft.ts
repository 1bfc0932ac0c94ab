import type { Criterion, ExperimentMetric } from '@attune/contracts';
import { isShare } from '../metric-words.ts';

/** What was typed for a criterion; the value in percent where it is relative or of a share. */
export interface CriterionDraft {
  /** Tells rows apart while they come and go. */
  readonly key: string;
  readonly metric: ExperimentMetric;
  readonly measure: 'relative' | 'difference';
  readonly bound: 'above' | 'below';
  readonly value: string;
}

export const criterionMetrics = [
  'satisfaction',
  'rating',
  'safety_reports',
  'latency',
  'error_rate',
] as const satisfies ExperimentMetric[];

let drafts = 0;

export function criterionDraftOf(criterion: Criterion): CriterionDraft {
  const { metric, measure, bound, value } = criterion;
  return {
    key: String(drafts++),
    metric,
    measure: measure === 'count' ? 'difference' : measure,
    bound: bound === 'at_most' ? 'below' : bound,
    value: String(isPercent(criterion) ? rounded(value * 100) : value),
  };
}

/** What a criterion is to the server. Safety reports are counted, everything else is compared. */
export function criterionOf(draft: CriterionDraft): Criterion {
  const { metric, bound } = draft;
  const typed = draft.value.trim() === '' ? Number.NaN : Number(draft.value);
  if (metric === 'safety_reports') return { metric, measure: 'count', bound: 'at_most', value: typed };
  const { measure } = draft;
  return { metric, measure, bound, value: isPercent({ metric, measure }) ? rounded(typed / 100) : typed };
}

/** Whether a value is typed in percent. */
export function isPercent({ metric, measure }: Pick<Criterion, 'metric' | 'measure'>): boolean {
  return measure === 'relative' || (measure === 'difference' && isShare(metric));
}

function rounded(value: number): number {
  return Math.round(value * 1e8) / 1e8;
}
