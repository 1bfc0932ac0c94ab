import type { Config } from '../../config.ts';
import type { Log } from '../../platform/log.ts';
import { version } from '../../version.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Telemetry } from './telemetry.ts';

/** Tells nobody. */
export const silent: Telemetry = { answered: () => {}, feedbackGiven: () => {}, stop: async () => {} };

type Settings = Pick<
  Config,
  | 'OTEL_EXPORTER_OTLP_ENDPOINT'
  | 'OTEL_SERVICE_NAME'
  | 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT'
  | 'OTEL_TRACES_SAMPLER_ARG'
  | 'OTEL_METRIC_EXPORT_INTERVAL'
>;

/** Opens the way to the collector that the settings name. Without one nothing of OpenTelemetry is even loaded. */
export async function openTelemetry(
  settings: Settings,
  metrics: Pick<Metrics, 'values'>,
  log: Log,
): Promise<Telemetry> {
  const endpoint = settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return silent;
  const { openOtlp } = await import('./otlp.ts');
  return openOtlp({
    endpoint: endpoint.replace(/\/+$/, ''),
    service: settings.OTEL_SERVICE_NAME,
    version,
    content: settings.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT,
    sampled: settings.OTEL_TRACES_SAMPLER_ARG,
    metricsEveryMs: settings.OTEL_METRIC_EXPORT_INTERVAL,
    metrics,
    log,
  });
}
