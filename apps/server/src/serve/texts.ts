import { inTime } from './in-time.ts';
import type { LiveModels } from './live-models.ts';
import type { Scorer, ScoringWish } from './scorer.ts';
import type { TextEmbedder } from './scoring/service.ts';

/** Embeds and scores texts for other rooms, away from the event loop. */
export interface Texts {
  /** One vector of the static embedder per text, in order. @throws AttuneError `scoring_unavailable`, `overloaded` */
  embed(
    texts: readonly string[],
    lane: ScoringWish['lane'],
  ): Promise<{ vectors: Float32Array[]; embedder: string }>;
  /** The reward model in force, if any; of two on a ramp always the same one. */
  liveModel(organization: string): string | null;
  /** One score from 0 to 1 per answer, in order, by that model; null without one. @throws as `embed` */
  score(
    organization: string,
    answers: readonly { query: string; context: string; response: string }[],
  ): Promise<{ model: string; scores: number[] } | null>;
}

/** Nobody waits for a bulk text; a person waits for a search. */
const TIMEOUT_MS = { bulk: 60_000, interactive: 10_000 };
/** Stands for a user or session where there is none. */
const STICKY_ID = 'review';

export function openTexts(scoring: Scorer & TextEmbedder, liveModels: LiveModels): Texts {
  return {
    embed: (texts, lane) => inTime(scoring.embed(texts, { lane, timeoutMs: TIMEOUT_MS[lane] })),
    liveModel: (organization) => liveModels.choose(organization, STICKY_ID)?.modelId ?? null,
    async score(organization, answers) {
      const model = liveModels.choose(organization, STICKY_ID);
      if (model === null) return null;
      const wish = { lane: 'bulk', timeoutMs: TIMEOUT_MS.bulk } as const;
      const scores = await inTime(
        Promise.all(answers.map((answer) => scoring.score(model, answer, [answer.response], wish))),
      );
      return { model: model.modelId, scores: scores.flatMap(([score]) => score?.reward ?? []) };
    },
  };
}
