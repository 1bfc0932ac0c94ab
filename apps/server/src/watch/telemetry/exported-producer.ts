import { ValueType } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import { version } from '../../version.ts';
import type { ExportedValue, ExportedValues } from '../metrics/exported-values.ts';
import type { Metrics } from '../metrics/metrics.ts';

type Times = Pick<DataPoint<number>, 'startTime' | 'endTime'>;

/** The metrics of GET /metrics once more, for a collector: the same names, the same figures. */
export function exportedProducer(metrics: Pick<Metrics, 'values'>, resource: Resource): MetricProducer {
  const startTime = now();
  return {
    async collect() {
      const times = { startTime, endTime: now() };
      const values = await metrics.values();
      const scope = { name: 'attune', version };
      const scopeMetrics = [{ scope, metrics: values.map((metric) => dataOf(metric, times)) }];
      return { resourceMetrics: { resource, scopeMetrics }, errors: [] };
    },
  };
}

function dataOf(metric: ExportedValues, times: Times): MetricData {
  const { name, help: description, type, values } = metric;
  const described = {
    descriptor: { name, description, unit: '', valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  if (type === 'histogram') {
    return { ...described, dataPointType: DataPointType.HISTOGRAM, dataPoints: histograms(metric, times) };
  }
  const dataPoints = values.map(({ value, labels }) => ({ ...times, value, attributes: { ...labels } }));
  return type === 'counter'
    ? { ...described, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints }
    : { ...described, dataPointType: DataPointType.GAUGE, dataPoints };
}

function histograms({ name, values }: ExportedValues, times: Times): DataPoint<Histogram>[] {
  const figures = Map.groupBy(values, ({ labels }) => JSON.stringify(withoutBound(labels)));
  return [...figures.values()].map((own) => ({
    ...times,
    attributes: withoutBound(own[0]?.labels ?? {}),
    value: histogramOf(name, own),
  }));
}

/** The labels of a histogram's figure without the bound of its bucket. */
function withoutBound(labels: ExportedValue['labels']): Record<string, string | number> {
  return Object.fromEntries(Object.entries(labels).filter(([label]) => label !== 'le'));
}

/** Prometheus counts in each bucket what lies below its bound, OpenTelemetry what lies between two bounds. */
function histogramOf(name: string, figures: readonly ExportedValue[]): Histogram {
  const total = (series: string) => figures.find((figure) => figure.series === series)?.value ?? 0;
  const buckets = figures.filter(({ series, labels }) => series === `${name}_bucket` && labels.le !== '+Inf');
  const count = total(`${name}_count`);
  const below = [...buckets.map(({ value }) => value), count];
  return {
    buckets: {
      boundaries: buckets.map(({ labels }) => Number(labels.le)),
      counts: below.map((cumulative, index) => cumulative - (below[index - 1] ?? 0)),
    },
    sum: total(`${name}_sum`),
    count,
  };
}

function now(): [number, number] {
  const milliseconds = Date.now();
  return [Math.trunc(milliseconds / 1000), (milliseconds % 1000) * 1e6];
}
