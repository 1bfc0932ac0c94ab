import { AttuneError, type Endpoints, type OffPolicyEvaluation, type RequestOf } from '@attune/contracts';
import { evaluateOffPolicy, type JudgedChoice, type OffPolicyMetric } from '@attune/core';
import type { LiveModel } from '../live-model.ts';
import type { ModelRow } from '../registry-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { shown } from '../shown-estimate.ts';
import type { OffPolicyNeeds } from './off-policy-needs.ts';
import { type ReceivedChoice, type TargetPolicy, wouldHaveDelivered } from './would-have-delivered.ts';

type Wish = RequestOf<Endpoints['evaluateOffPolicy']>['body'];
type Platform = Pick<ShipPlatform, 'clock' | 'config'>;

const WEEK_MS = 7 * 86_400_000;
/** Longest that scoring goes on; what is scored then is a random part of what was drawn. */
const PATIENCE_MS = 20_000;
/** Answers that are scored at once, so that live traffic finds a thread. */
const AT_ONCE = 8;

/**
 * What a reward model would have had in a span of time, on answers that people reacted to.
 * @throws AttuneError `model_not_deployable`, `invalid_request` for a span that ends before it begins
 */
export async function offPolicyEvaluation(
  { clock, config }: Platform,
  needs: OffPolicyNeeds,
  row: ModelRow,
  wish: Wish,
): Promise<OffPolicyEvaluation> {
  const { organization, model_id } = row;
  const model = scoringModel(row);
  const { from, to } = spanOf(wish, clock.now());
  const isKnown = await needs.trainedOn(organization, model_id);
  const { total, drawn } = await needs.received({ organization, from, to }, wish.answers);
  const choices = await withChoices(needs, organization, drawn);
  const fresh = choices.filter(({ chosen }) => !isKnown(chosen.asked.query));
  const policy = { model, selection: selectionOf(wish, config), dimensionWeights: wish.dimension_weights };
  const judged = await judgedInTime(needs.score, policy, fresh);
  const { coverage, agreement, refusal, metrics } = evaluateOffPolicy(judged);
  return {
    model_id,
    from: from.toISOString(),
    to: to.toISOString(),
    rated: total,
    drawn: choices.length,
    trained_on: choices.length - fresh.length,
    scored: judged.length,
    coverage,
    agreement: shown(agreement),
    refusal: refusal === 'no_feedback' && choices.length > 0 ? 'trained_on' : refusal,
    metrics: metrics.map(metricView),
  };
}

function scoringModel({ model_id, kind, artifact_sha256, status }: ModelRow): LiveModel {
  if (kind === 'reward' && artifact_sha256 !== null && status !== 'archived') {
    return { modelId: model_id, artifactSha256: artifact_sha256 };
  }
  throw new AttuneError('model_not_deployable', { message: `${model_id} does not score answers.` });
}

function spanOf(wish: Pick<Wish, 'from' | 'to'>, now: Date): { from: Date; to: Date } {
  const to = wish.to === undefined ? now : new Date(wish.to);
  const from = wish.from === undefined ? new Date(to.getTime() - WEEK_MS) : new Date(wish.from);
  if (from < to) return { from, to };
  throw new AttuneError('invalid_request', { param: 'to', message: '`to` is not later than `from`.' });
}

function selectionOf(
  { strategy, selection_temperature, threshold }: Wish,
  { ATTUNE_THRESHOLD }: Platform['config'],
): TargetPolicy['selection'] {
  return {
    strategy,
    threshold: threshold ?? ATTUNE_THRESHOLD,
    ...(selection_temperature !== undefined && { temperature: selection_temperature }),
  };
}

/** In the order in which they were drawn; what is not in the log as a choice is left out. */
async function withChoices(
  { chosen }: OffPolicyNeeds,
  organization: string,
  drawn: readonly ReceivedChoice['received'][],
): Promise<ReceivedChoice[]> {
  const answers = await chosen(
    organization,
    drawn.map(({ responseId }) => responseId),
  );
  const byId = new Map(answers.map((answer) => [answer.responseId, answer]));
  return drawn.flatMap((received) => {
    const answer = byId.get(received.responseId);
    return answer === undefined ? [] : [{ chosen: answer, received }];
  });
}

async function judgedInTime(
  score: OffPolicyNeeds['score'],
  policy: TargetPolicy,
  choices: readonly ReceivedChoice[],
): Promise<JudgedChoice[]> {
  const end = performance.now() + PATIENCE_MS;
  const judged: JudgedChoice[] = [];
  for (let next = 0; next < choices.length && performance.now() < end; next += AT_ONCE) {
    const batch = choices.slice(next, next + AT_ONCE);
    judged.push(...(await Promise.all(batch.map((choice) => wouldHaveDelivered(score, policy, choice)))));
  }
  return judged;
}

function metricView(metric: OffPolicyMetric): OffPolicyEvaluation['metrics'][number] {
  const { overlap, self_normalised, doubly_robust, inverse_propensity } = metric;
  return {
    metric: metric.metric,
    answers: metric.answers,
    delivered: shown(metric.delivered),
    self_normalised: shown(self_normalised),
    doubly_robust: shown(doubly_robust),
    inverse_propensity: shown(inverse_propensity),
    gain: shown(metric.gain),
    effective_answers: overlap.effective_n,
    warnings: overlap.warnings,
  };
}
