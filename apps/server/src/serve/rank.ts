import { AttuneError, type Score } from '@attune/contracts';
import { newId } from '../platform/ids.ts';
import { inTime } from './in-time.ts';
import type { LiveModel, LiveModels } from './live-models.ts';
import type { Scorer, ScoringWish } from './scorer.ts';
import type { TextEmbedder } from './scoring/service.ts';

/** What ranking and scoring texts needs. */
export interface Ranking {
  readonly liveModels: LiveModels;
  readonly scorer: Scorer;
  readonly embedder: TextEmbedder;
}

export interface RankRequest {
  readonly organization: string;
  /** Who asks: a ramp sends the same caller to the same model. */
  readonly principal: string;
  readonly model: string | undefined;
  readonly query: string;
  /** What was said before the query; similarity does not look at it. */
  readonly context: string;
  readonly texts: readonly string[];
}

/** What `model` says where no reward model ranked, but similarity. */
const STATIC_COSINE = 'static-cosine';
/** Up to this many texts are taken for an interactive request. */
const INTERACTIVE_TEXTS = 16;
const LONGEST_MS = 120_000;

/**
 * Scores texts as answers to a query.
 * @throws AttuneError `model_not_found` also when no model is named and none is live
 */
export async function scoreTexts(
  request: RankRequest,
  ranking: Ranking,
): Promise<{ model: string; scores: Score[] }> {
  const model = await modelFor(request, ranking);
  if (model === null) {
    const message = 'No reward model is live. Train one and deploy it, or name one in `model`.';
    throw new AttuneError('model_not_found', { param: 'model', message });
  }
  const scores = await inTime(ranking.scorer.score(model, request, request.texts, wishFor(request)));
  return { model: model.modelId, scores };
}

export interface Ranked {
  readonly index: number;
  /** 0–1. */
  readonly relevance: number;
}

/**
 * Ranks texts as answers to a query, best first, equal ones in the order given: by the named or the live reward
 * model, or by the cosine of static embeddings where no model is live.
 */
export async function rankTexts(
  request: RankRequest,
  ranking: Ranking,
): Promise<{ id: string; model: string; ranked: Ranked[] }> {
  const model = await modelFor(request, ranking);
  const relevances =
    model === null
      ? await similarities(request, ranking.embedder)
      : (await inTime(ranking.scorer.score(model, request, request.texts, wishFor(request)))).map(
          ({ reward }) => reward,
        );
  const ranked = relevances.map((relevance, index) => ({ index, relevance }));
  ranked.sort((a, b) => b.relevance - a.relevance || a.index - b.index);
  return { id: newId(), model: model?.modelId ?? STATIC_COSINE, ranked };
}

async function modelFor(request: RankRequest, { liveModels }: Ranking): Promise<LiveModel | null> {
  const { organization, principal, model: name } = request;
  if (name === undefined || name === 'attune') return liveModels.choose(organization, principal);
  const model = await liveModels.find(organization, name);
  if (model !== null) return model;
  throw new AttuneError('model_not_found', {
    param: 'model',
    message: `There is no reward model "${name}".`,
  });
}

/** Cosines of −1 to 1, moved to 0 to 1. */
async function similarities(request: RankRequest, embedder: TextEmbedder): Promise<number[]> {
  const { vectors } = await inTime(embedder.embed([request.query, ...request.texts], wishFor(request)));
  const [query, ...texts] = vectors;
  return texts.map((text) => Math.min(1, Math.max(0, (1 + product(query, text)) / 2)));
}

function product(a: Float32Array | undefined, b: Float32Array): number {
  let sum = 0;
  b.forEach((value, index) => {
    sum += value * (a?.[index] ?? 0);
  });
  return sum;
}

function wishFor({ texts }: RankRequest): ScoringWish {
  return { lane: texts.length <= INTERACTIVE_TEXTS ? 'interactive' : 'bulk', timeoutMs: LONGEST_MS };
}
