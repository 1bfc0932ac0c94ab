export { serialiseBlend } from './blend/blend-file.ts';
export {
  type Blend,
  type BothScored,
  blendedLogit,
  chooseBlend,
  crossFittedBlends,
  type TwoLogits,
} from './blend/choose-blend.ts';
export type { Embedder, Encoding } from './embed/embedder.ts';
export { EMBEDDER_FOLDERS, type EmbedderName, embedderNamed, loadEmbedder } from './embed/embedders.ts';
export { loadMiniLmEmbedder, type MiniLmOptions } from './embed/minilm-embedder.ts';
export { endWorker, startWorker } from './embed/native-work.ts';
export { loadStaticEmbedder } from './embed/static-embedder.ts';
export { RewardError, type RewardErrorCode } from './errors.ts';
export { evaluateModel } from './evaluate/evaluate-model.ts';
export { type Evaluation, type EvaluationOptions, evaluateScored } from './evaluate/evaluation.ts';
export type { ScoredAnswer, ScoredPair, ScoredSet } from './evaluate/scored-set.ts';
export { isSlowModel, loadRewardScorer } from './model/load-reward-scorer.ts';
export type { ModelCard } from './model/model-card.ts';
export { parseModel, readModelCard, serialiseModel } from './model/model-file.ts';
export type { RewardModel } from './model/reward-model.ts';
export type { RewardScorer } from './model/reward-scorer.ts';
export type { Score } from './model/score.ts';
export { type AttuneOptions, MINIMUM_RESPONSES, trainAttune } from './train/attune.ts';
export type { Configuration } from './train/configuration.ts';
export {
  type CrossValidation,
  type CrossValidationOptions,
  crossValidate,
  type HeldOutScore,
} from './train/cross-validate.ts';
export { type PlainOptions, trainPlain } from './train/plain.ts';
export {
  DIMENSIONS,
  type Dimension,
  type PreferenceSample,
  type RatedSample,
  type TrainingSamples,
} from './train/samples.ts';
