import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../metrics/metrics.ts';

/** How a collector is spoken to. */
export interface OtlpSettings {
  /** Address without the path of a signal. */
  readonly endpoint: string;
  readonly service: string;
  readonly version: string;
  /** Whether what is asked and answered is sent. */
  readonly content: boolean;
  /** Share of traces that is sent where the caller has not decided, 0–1. */
  readonly sampled: number;
  readonly metricsEveryMs: number;
  readonly metrics: Pick<Metrics, 'values'>;
  readonly log: Log;
}
