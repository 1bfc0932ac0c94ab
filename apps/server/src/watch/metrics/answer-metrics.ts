import type { Registry } from 'prom-client';
import type { BoundedLabel } from '../bounded-label.ts';
import type { AnsweredQuestion, GenerationStage } from '../observers.ts';
import { costOf, type Prices } from './answer-cost.ts';
import { counter, histogram } from './instruments.ts';

/** Labels whose values come from outside, each kept to so many. */
export interface Labels {
  readonly model: BoundedLabel;
  readonly policy: BoundedLabel;
  /** The same for histograms, of which every value has a dozen series. */
  readonly fewModels: BoundedLabel;
  readonly fewPolicies: BoundedLabel;
  readonly code: BoundedLabel;
}

/** Registers what is known of answers; the result counts one. */
export function answerMetrics(
  registry: Registry,
  labels: Labels,
  prices: Prices,
): (answer: AnsweredQuestion) => void {
  const counted = endings(registry, labels);
  const generated = generations(registry, labels, prices);
  const scored = scorings(registry, labels);
  return (answer) => {
    counted(answer);
    scored(answer);
    for (const stage of answer.stages) if (stage.kind === 'generate') generated(answer.policy, stage);
  };
}

function endings(registry: Registry, { model, policy, code }: Labels): (answer: AnsweredQuestion) => void {
  const answers = counter(registry, 'attune_answers_total');
  const latency = histogram(registry, 'attune_answer_duration_seconds');
  const errors = counter(registry, 'attune_answer_errors_total');
  const degraded = counter(registry, 'attune_answers_degraded_total');
  const unpassed = counter(registry, 'attune_answers_unpassed_total');
  const candidates = histogram(registry, 'attune_answer_candidates');
  return (answer) => {
    const { status, rewardModel, reasons } = answer;
    answers.inc({ status, reward_model: model.of(rewardModel), policy: policy.of(answer.policy) });
    latency.observe({ status }, answer.latencyMs / 1000);
    candidates.observe(answer.candidates);
    for (const reason of reasons) {
      if (status === 'failed') errors.inc({ code: code.of(reason) });
      if (status === 'delivered') degraded.inc({ reason: code.of(reason) });
    }
    if (status === 'delivered' && answer.failedChecks.length > 0) {
      unpassed.inc({ reward_model: model.of(rewardModel) });
    }
  };
}

function generations(
  registry: Registry,
  { policy: many, fewPolicies, code }: Labels,
  prices: Prices,
): (policy: string, stage: GenerationStage) => void {
  const duration = histogram(registry, 'attune_generation_duration_seconds');
  const errors = counter(registry, 'attune_candidate_errors_total');
  const tokens = counter(registry, 'attune_tokens_total');
  const cost = counter(registry, 'attune_answer_cost_total');
  return (policy, stage) => {
    const label = many.of(policy);
    const outcome = stage.error === null ? 'written' : 'failed';
    duration.observe({ policy: fewPolicies.of(policy), outcome }, stage.durationMs / 1000);
    if (stage.error !== null) errors.inc({ policy: label, code: code.of(stage.error) });
    if (stage.inputTokens !== null) tokens.inc({ policy: label, direction: 'input' }, stage.inputTokens);
    if (stage.outputTokens !== null) tokens.inc({ policy: label, direction: 'output' }, stage.outputTokens);
    const price = prices.get(policy);
    if (price !== undefined) cost.inc({ policy: label }, costOf(stage, price));
  };
}

function scorings(registry: Registry, { fewModels }: Labels): (answer: AnsweredQuestion) => void {
  const duration = histogram(registry, 'attune_scoring_duration_seconds');
  const rewards = histogram(registry, 'attune_reward_score');
  return ({ rewardModel, scoringMs, status, reward }) => {
    const labels = { reward_model: fewModels.of(rewardModel) };
    if (scoringMs !== null) duration.observe(labels, scoringMs / 1000);
    if (status === 'delivered' && reward !== null) rewards.observe(labels, reward);
  };
}
