import type { Shadow, ShadowDisagreement } from '@attune/contracts';
import type { SampledAnswer } from './shadow-needs.ts';
import type { ShadowAnswerRow, ShadowCounts, ShadowRow } from './shadow-store.ts';

/** A shadow as the API shows it. */
export function shadowView(
  row: ShadowRow,
  { scored, failed }: Pick<ShadowCounts, 'scored' | 'failed'>,
): Shadow {
  return {
    id: row.id,
    model_id: row.model_id,
    status: row.status,
    reason: row.reason,
    share: row.share,
    answers_per_hour: row.answers_per_hour,
    max_answers: row.max_answers,
    until: row.until?.toISOString() ?? null,
    scored,
    dropped: row.dropped,
    failed,
    started_by: row.started_by,
    started_at: row.started_at.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
  };
}

/** A disagreement with its texts; null where the answer is not there as it was scored. */
export function disagreementView(
  row: ShadowAnswerRow,
  answer: SampledAnswer | undefined,
): ShadowDisagreement | null {
  const side = (id: string | null) => {
    const text = answer?.candidates.find((candidate) => candidate.id === id)?.text;
    const score = row.scores.find((one) => one.id === id);
    if (text === undefined || score === undefined) return null;
    return { text, shadow: score.shadow, live: score.live };
  };
  const [delivered, preferred] = [side(row.delivered), side(row.preferred)];
  if (answer === undefined || delivered === null || preferred === null) return null;
  return {
    response_id: row.response_id,
    query: answer.asked.query,
    context: answer.asked.context || null,
    delivered,
    preferred,
    margin: row.margin ?? 0,
    judged: row.judged,
  };
}
