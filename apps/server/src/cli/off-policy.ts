import {
  type Dimension,
  dimensions,
  type OffPolicyEvaluation,
  type OffPolicyMetric,
  type OffPolicyRefusal,
} from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import { UsageError } from './failure.ts';
import { estimateText, table } from './table.ts';

export interface OffPolicyOptions {
  readonly days: number;
  readonly answers?: number;
  readonly strategy?: 'best' | 'weighted';
  readonly threshold?: number;
  /** `DIMENSION:WEIGHT` each. */
  readonly weight?: readonly string[];
}

const DAY_MS = 86_400_000;

/** What a model would have had in the last days, from the log. */
export function evaluateOffPolicy(
  client: AttuneClient,
  model: string,
  { days, answers, strategy, threshold, weight }: OffPolicyOptions,
): Promise<OffPolicyEvaluation> {
  const body = {
    ...(weight !== undefined && { dimension_weights: Object.fromEntries(weight.map(weightOf)) }),
    from: new Date(Date.now() - days * DAY_MS).toISOString(),
    ...(answers !== undefined && { answers }),
    ...(strategy !== undefined && { strategy }),
    ...(threshold !== undefined && { threshold }),
  };
  return client.evaluateOffPolicy({ params: { id: model }, body });
}

/** `safety:2` @throws UsageError for what is none */
function weightOf(given: string): [Dimension, number] {
  const [name = '', weight = ''] = given.split(':');
  const dimension = dimensions.find((known) => known === name);
  const number = Number(weight);
  if (dimension !== undefined && weight !== '' && number >= 0) return [dimension, number];
  throw new UsageError(`Cannot weigh ${given}.`, `Say it like safety:2; there are ${dimensions.join(', ')}.`);
}

const refusals: Record<OffPolicyRefusal, string> = {
  no_feedback: 'Nobody reacted to an answer in this time.',
  trained_on: 'It was trained on the questions of these answers: it would only show what it remembers.',
  no_choice: 'These answers had one candidate each: every model delivers the same.',
  no_overlap:
    'What was delivered was never left to chance, so that nothing is known of the other candidates. Deliver a share of answers with the strategy weighted (ATTUNE_STRATEGY, or attune.strategy of a request).',
  not_covered:
    'It would mostly deliver candidates that could not be drawn. A lower threshold (ATTUNE_THRESHOLD) leaves more of them in the draw.',
  too_few: 'Too few answers were drawn at random as it would have chosen.',
};

export function offPolicyText(found: OffPolicyEvaluation): string {
  const { model_id, rated, drawn, scored, trained_on, coverage, agreement, refusal, metrics } = found;
  const { covered, deterministic, not_covered, no_choice } = coverage;
  return [
    `  ${model_id}, ${found.from.slice(0, 10)} to ${found.to.slice(0, 10)}`,
    `  ${rated} answers with feedback, ${drawn} drawn, ${trained_on} left out as training questions, ${scored} scored`,
    `  ${covered} covered by the log, ${not_covered} not, ${deterministic} not left to chance, ${no_choice} without a choice`,
    `  would have delivered the same: ${estimateText(agreement)}`,
    '',
    ...(refusal === null ? [table(rowsOf(metrics)), ...warnings(metrics)] : [`  ${refusals[refusal]}`]),
  ].join('\n');
}

function rowsOf(metrics: readonly OffPolicyMetric[]): string[][] {
  const heading = ['metric', 'delivered', 'would have had', 'gain', 'doubly robust', 'worth'];
  return [
    heading,
    ...metrics.map((metric) => [
      metric.metric,
      estimateText(metric.delivered),
      estimateText(metric.self_normalised),
      estimateText(metric.gain),
      estimateText(metric.doubly_robust),
      `${Math.round(metric.effective_answers)} of ${metric.answers} answers`,
    ]),
  ];
}

const words = {
  few_effective_rows: 'few answers carry the estimate',
  one_row_dominates: 'one answer carries much of it',
  weights_off_one: 'the logged probabilities do not fit what was delivered',
} as const;

function warnings(metrics: readonly OffPolicyMetric[]): string[] {
  return metrics
    .filter((metric) => metric.warnings.length > 0)
    .map(
      (metric) => `  Careful with ${metric.metric}: ${metric.warnings.map((one) => words[one]).join(', ')}.`,
    );
}
