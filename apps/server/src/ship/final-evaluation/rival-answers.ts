import { queryKey } from '@attune/core';
import type { CompetingAnswers, GateNeeds, RivalAnswers } from '../gates/gate-needs.ts';
import type { LiveModel } from '../live-model.ts';

export interface Rivals {
  readonly pairs: RivalAnswers[];
  /** Questions at which the two models were looked at. */
  readonly lookedAt: number;
}

/**
 * What two reward models would deliver for logged questions, where that differs: each question once, the newest first,
 * until there are enough.
 */
export async function rivalAnswers(
  score: GateNeeds['score'],
  [model, against]: readonly [LiveModel, LiveModel],
  logged: readonly CompetingAnswers[],
  enough: number,
): Promise<Rivals> {
  const pairs: RivalAnswers[] = [];
  const seen = new Set<string>();
  for (const { query, context, candidates } of logged) {
    if (pairs.length >= enough) break;
    const key = queryKey(`${context ?? ''}\n${query}`);
    if (seen.has(key)) continue;
    seen.add(key);
    const asked = context === null ? { query } : { query, context };
    const texts = candidates.map(({ text }) => text);
    const mine = await delivered(score, model, asked, texts);
    const theirs = await delivered(score, against, asked, texts);
    if (mine.text === theirs.text) continue;
    pairs.push({
      step: pairs.length,
      query,
      current: { ...mine, model: model.modelId },
      before: { ...theirs, model: against.modelId },
    });
  }
  return { pairs, lookedAt: seen.size };
}

/** The candidate with the highest reward, the first of equals. */
async function delivered(
  score: GateNeeds['score'],
  model: LiveModel,
  asked: { query: string; context?: string },
  texts: readonly string[],
): Promise<{ text: string; score: number }> {
  const rewards = (await score(model, asked, texts, 'bulk')).map(({ reward }) => reward);
  const best = rewards.indexOf(Math.max(...rewards));
  return { text: texts[best] ?? '', score: rewards[best] ?? Number.NaN };
}
