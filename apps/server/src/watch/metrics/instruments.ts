import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { type ExportedMetric, exportedMetrics, type LabelOf, type MetricName } from './exported-metrics.ts';

/** A counter of the table, registered. */
export function counter<Name extends MetricName<'counter'>>(
  registry: Registry,
  name: Name,
): Counter<LabelOf<Name>> {
  return new Counter(described<LabelOf<Name>>(registry, name));
}

/** A gauge of the table, registered. */
export function gauge<Name extends MetricName<'gauge'>>(
  registry: Registry,
  name: Name,
): Gauge<LabelOf<Name>> {
  return new Gauge(described<LabelOf<Name>>(registry, name));
}

/** A histogram of the table, registered. */
export function histogram<Name extends MetricName<'histogram'>>(
  registry: Registry,
  name: Name,
): Histogram<LabelOf<Name>> {
  const { buckets } = exportedMetrics[name];
  return new Histogram({ ...described<LabelOf<Name>>(registry, name), buckets: [...buckets] });
}

function described<Label extends string>(registry: Registry, name: keyof typeof exportedMetrics) {
  const { help, labels }: ExportedMetric = exportedMetrics[name];
  const labelNames = labels.filter((label): label is Label => label !== '');
  return { name, help, labelNames, registers: [registry] };
}
