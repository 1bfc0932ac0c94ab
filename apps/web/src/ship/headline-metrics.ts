import type { Model } from '@attune/contracts';

/** A measured figure with its 95 % interval. */
export interface Figure {
  readonly label: string;
  readonly value: number;
  /** Null where none was measured. */
  readonly ci: readonly [number, number] | null;
  readonly n: number | null;
}

const wanted: readonly (readonly [name: string, label: string])[] = [
  ['pair_accuracy', 'Pair accuracy'],
  ['auc', 'AUC'],
  ['accuracy', 'Accuracy'],
];

/** The figures of a model that say the most at a glance, where it has them. */
export function headlineMetrics({ performance_metrics }: Pick<Model, 'performance_metrics'>): Figure[] {
  return wanted.flatMap(([name, label]) => figureOf(label, performance_metrics[name]));
}

/** Metrics are free-form in the registry: a plain number, or `{value, ci, n}`. */
function figureOf(label: string, metric: unknown): Figure[] {
  if (typeof metric === 'number') return [{ label, value: metric, ci: null, n: null }];
  if (typeof metric !== 'object' || metric === null) return [];
  const fields = new Map<string, unknown>(Object.entries(metric));
  const value = fields.get('value');
  const n = fields.get('n');
  if (typeof value !== 'number') return [];
  return [{ label, value, ci: intervalOf(fields.get('ci')), n: typeof n === 'number' ? n : null }];
}

function intervalOf(ci: unknown): Figure['ci'] {
  if (!Array.isArray(ci)) return null;
  const [low, high]: unknown[] = ci;
  return typeof low === 'number' && typeof high === 'number' ? [low, high] : null;
}
