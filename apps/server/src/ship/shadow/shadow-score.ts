import { AttuneError } from '@attune/contracts';
import { shadowChoice } from '@attune/core';
import type { Insertable } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import type { LiveModel } from '../live-model.ts';
import type { SampledAnswer, ShadowNeeds } from './shadow-needs.ts';
import type { ShadowRow } from './shadow-store.ts';

type NewShadowAnswer = Insertable<Tables['shadow_answers']>;

/**
 * Has a shadow score all candidates of an answer, behind everything that somebody waits for.
 * @throws AttuneError `overloaded` when there is no room for it now
 */
export async function scoreByShadow(
  score: ShadowNeeds['score'],
  { id, organization }: Pick<ShadowRow, 'id' | 'organization'>,
  model: LiveModel,
  answer: SampledAnswer,
  now: Date,
): Promise<NewShadowAnswer> {
  const key = { shadow_id: id, organization, response_id: answer.responseId, scored_at: now };
  const { delivered, candidates } = answer;
  if (delivered === null) return { ...key, error: 'delivered candidate unknown' };
  const { query, context } = answer.asked;
  const asked = context === undefined || context === '' ? { query } : { query, context };
  try {
    const texts = candidates.map(({ text }) => text);
    const rewards = await score(model, asked, texts, 'bulk');
    const shadowed = candidates.map(({ id: candidate, text }, index) => ({
      id: candidate,
      text,
      shadow: rewards[index]?.reward ?? Number.NaN,
    }));
    return { ...key, ...kept(shadowChoice(delivered, shadowed), delivered, shadowed, answer) };
  } catch (error) {
    if (error instanceof AttuneError && error.code === 'overloaded') throw error;
    return { ...key, error: error instanceof Error ? error.message : String(error) };
  }
}

function kept(
  choice: ReturnType<typeof shadowChoice>,
  delivered: string,
  shadowed: readonly { readonly id: string; readonly shadow: number }[],
  { candidates, rewardModel }: SampledAnswer,
) {
  const live = candidates.map(({ reward }) => reward);
  return {
    scores: JSON.stringify(
      shadowed.map(({ id, shadow }, index) => ({ id, shadow, live: live[index] ?? null })),
    ),
    choices: choice.choices,
    delivered,
    preferred: choice.best,
    shadow_reward: choice.delivered,
    live_reward: candidates.find(({ id }) => id === delivered)?.reward ?? null,
    live_model: rewardModel,
    margin: choice.margin,
  };
}
