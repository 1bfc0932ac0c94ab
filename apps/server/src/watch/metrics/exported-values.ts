import type { Registry } from 'prom-client';
import { type ExportedMetric, exportedMetrics } from './exported-metrics.ts';

/** One figure of a metric. */
export interface ExportedValue {
  /** The metric's name; of a histogram also `…_bucket`, `…_sum` and `…_count`. */
  readonly series: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** A metric of the table with what it says now. */
export interface ExportedValues extends ExportedMetric {
  readonly name: string;
  readonly values: readonly ExportedValue[];
}

/** What the metrics of the table say now. */
export async function exportedValues(registry: Registry): Promise<ExportedValues[]> {
  const metrics: Record<string, ExportedMetric> = exportedMetrics;
  return (await registry.getMetricsAsJSON()).flatMap(({ name, values }) => {
    const metric = metrics[name];
    if (metric === undefined) return [];
    const figures = values.map((figure) => ({
      series: 'metricName' in figure ? String(figure.metricName) : name,
      labels: present(figure.labels),
      value: figure.value,
    }));
    return [{ ...metric, name, values: figures }];
  });
}

function present(labels: Partial<Record<string, string | number>>): ExportedValue['labels'] {
  const known: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(labels)) if (value !== undefined) known[name] = value;
  return known;
}
