import type { Embedder } from '../embed/embedder.ts';
import { RewardError } from '../errors.ts';
import { rawFeatures } from '../features/raw-features.ts';
import { matrixOf } from '../solve/matrix.ts';
import { plainText } from '../train/plain-text.ts';
import { headLogits, scoreOf, scoreRaw } from './attune-score.ts';
import type { Parameters } from './linear-model.ts';
import type { ModelCard } from './model-card.ts';
import type { Score } from './score.ts';

/** A trained reward model, ready to score with the embedder that it was trained on. */
export interface RewardModel {
  readonly card: ModelCard;
  readonly parameters: Parameters;
  /** One score per response, in order. A response's score does not depend on the other responses. */
  score(query: string, responses: readonly string[]): Promise<Score[]>;
}

/**
 * Joins parameters with their embedder.
 * @throws RewardError `embedder_mismatch` when the model was trained on another embedder
 */
export function rewardModel(parameters: Parameters, card: ModelCard, embedder: Embedder): RewardModel {
  if (card.embedder !== embedder.id)
    throw new RewardError(
      'embedder_mismatch',
      `The model was trained on ${card.embedder} and cannot score with ${embedder.id}.`,
    );
  return {
    card,
    parameters,
    score: async (query, responses) => {
      if (responses.length === 0) return [];
      if (parameters.recipe === 'attune')
        return scoreRaw(parameters, await rawFeatures(query, responses, embedder));
      const vectors = await embedder.embed(responses.map((response) => plainText(query, response)));
      return headLogits(matrixOf(vectors), parameters.head).map(scoreOf);
    },
  };
}
