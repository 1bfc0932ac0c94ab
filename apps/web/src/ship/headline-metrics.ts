import type { Model } from '@attune/contracts';

const wanted = ['pair_accuracy', 'auc', 'accuracy'] as const;

/** A measured figure with its 95 % interval. */
export interface Figure {
  readonly name: (typeof wanted)[number];
  readonly value: number;
  /** Null where none was measured. */
  readonly ci: readonly [number, number] | null;
  readonly n: number | null;
}

/** The figures of a model that say the most at a glance, where it has them. */
export function headlineMetrics({ performance_metrics }: Pick<Model, 'performance_metrics'>): Figure[] {
  return wanted.flatMap((name) => figureOf(name, performance_metrics[name]));
}

/** Metrics are free-form in the registry: a plain number, or `{value, ci, n}`. */
function figureOf(name: Figure['name'], metric: unknown): Figure[] {
  if (typeof metric === 'number') return [{ name, value: metric, ci: null, n: null }];
  if (typeof metric !== 'object' || metric === null) return [];
  const fields = new Map<string, unknown>(Object.entries(metric));
  const value = fields.get('value');
  const n = fields.get('n');
  if (typeof value !== 'number') return [];
  return [{ name, value, ci: intervalOf(fields.get('ci')), n: typeof n === 'number' ? n : null }];
}

function intervalOf(ci: unknown): Figure['ci'] {
  if (!Array.isArray(ci)) return null;
  const [low, high]: unknown[] = ci;
  return typeof low === 'number' && typeof high === 'number' ? [low, high] : null;
}
