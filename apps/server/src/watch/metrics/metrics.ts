import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Log } from '../../platform/log.ts';
import { BoundedLabel } from '../bounded-label.ts';
import type { AnsweredQuestion, GivenFeedback } from '../observers.ts';
import type { Prices } from './answer-cost.ts';
import { answerMetrics, type Labels } from './answer-metrics.ts';
import { type ExportedValues, exportedValues } from './exported-values.ts';
import { feedbackMetrics } from './feedback-metrics.ts';
import { counter } from './instruments.ts';
import { type Scraped, scrapedMetrics } from './scraped-metrics.ts';

/** The metrics of this process, for Prometheus. */
export interface Metrics {
  answered(answer: AnsweredQuestion): void;
  feedbackGiven(feedback: GivenFeedback): void;
  rolledBack(): void;
  /** Prometheus text format. Figures whose source is away are left out. */
  text(): Promise<string>;
  /** Attune's own as values. */
  values(): Promise<ExportedValues[]>;
}

/** Names that a label keeps apart in counters, and in histograms; docs/metrics.md says so. */
const MANY = 100;
const FEW = 20;

/** Opens the metrics, the process's own among them. */
export function openMetrics(scraped: Scraped, prices: Prices, log: Log): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labels: Labels = {
    model: new BoundedLabel(MANY),
    policy: new BoundedLabel(MANY),
    fewModels: new BoundedLabel(FEW),
    fewPolicies: new BoundedLabel(FEW),
    code: new BoundedLabel(MANY),
  };
  const rollbacks = counter(registry, 'attune_rollbacks_total');
  const refresh = scrapedMetrics(registry, labels.model, scraped, log);
  const read = () => Promise.all(refresh.map((one) => one()));
  return {
    answered: answerMetrics(registry, labels, prices),
    feedbackGiven: feedbackMetrics(registry, labels),
    rolledBack: () => rollbacks.inc(),
    text: async () => {
      await read();
      return registry.metrics();
    },
    values: async () => {
      await read();
      return exportedValues(registry);
    },
  };
}
