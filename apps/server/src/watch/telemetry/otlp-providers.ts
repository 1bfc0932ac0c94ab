import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { exportedProducer } from './exported-producer.ts';
import type { OtlpSettings } from './otlp-settings.ts';

/** Longest that one request to the collector may take, in milliseconds. */
const TIMEOUT_MS = 3_000;

/** One provider for each signal, all of the same service. */
export function openProviders(settings: OtlpSettings) {
  const { endpoint, metrics, sampled, metricsEveryMs } = settings;
  const resource = resourceOf(settings);
  const to = (signal: string) => ({ url: `${endpoint}/v1/${signal}`, timeoutMillis: TIMEOUT_MS });
  return {
    tracers: new TracerProvider({
      resource,
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampled) }),
      spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter(to('traces')) })],
    }),
    meters: new MeterProvider({
      resource,
      readers: [
        new PeriodicExportingMetricReader({
          exporter: new OTLPMetricExporter(to('metrics')),
          exportIntervalMillis: metricsEveryMs,
          exportTimeoutMillis: Math.min(metricsEveryMs, 2 * TIMEOUT_MS),
          metricProducers: [exportedProducer(metrics, resource)],
        }),
      ],
    }),
    loggers: new LoggerProvider({
      resource,
      processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter(to('logs')) })],
    }),
  };
}

/** What the environment says of the service (OTEL_RESOURCE_ATTRIBUTES), and its name and version. */
function resourceOf({ service, version }: OtlpSettings) {
  const own = resourceFromAttributes({ 'service.name': service, 'service.version': version });
  return detectResources({ detectors: [resourceAttributesEnvDetector] }).merge(own);
}
