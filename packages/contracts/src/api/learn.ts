import { z } from 'zod';
import { EstimateSchema, Id, ShortText, Timestamp } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { PairRow, RatingRow } from './collect.ts';

export const Recipe = z.enum(['plain', 'attune']);
export type Recipe = z.infer<typeof Recipe>;
export const EmbedderName = z.enum(['static', 'minilm']);
export type EmbedderName = z.infer<typeof EmbedderName>;

/** Settings of a linear reward model's run. */
export const RewardHyperparameters = z
  .strictObject({
    recipe: Recipe.default('attune'),
    embedder: EmbedderName.default('static'),
    seed: z.number().int().min(0).default(1),
    /** Rewards that do not rise or fall with length over the training answers; Attune's recipe only. */
    length_controlled: z.boolean().default(false),
  })
  .refine(({ recipe, length_controlled }) => recipe === 'attune' || !length_controlled, {
    path: ['length_controlled'],
    message: "Only Attune's recipe can be length-controlled.",
  });
export type RewardHyperparameters = z.infer<typeof RewardHyperparameters>;

/** Measurements of a model on queries it never saw, by name, with intervals. */
export const Metrics = z.object({
  n: z.number().int(),
  queries: z.number().int(),
  accuracy: EstimateSchema.nullable(),
  auc: EstimateSchema.nullable(),
  pair_accuracy: EstimateSchema.nullable(),
  mse: EstimateSchema.nullable(),
  mae: EstimateSchema.nullable(),
  pearson: EstimateSchema.nullable(),
  /** Expected calibration error by answers, each good when the mean of its ratings is 4 or more. */
  ece: z.number().nullable(),
  /** Spearman correlation of the reward with the answer's length. */
  length_correlation: z.number().nullable(),
  best_of_n: z
    .object({
      mean_rating: EstimateSchema,
      random: EstimateSchema,
      oracle: EstimateSchema,
      gap_closed: EstimateSchema,
    })
    .nullable(),
  baselines: z.object({
    majority: z.object({ accuracy: EstimateSchema.nullable() }),
    length: z.object({
      auc: EstimateSchema.nullable(),
      pair_accuracy: EstimateSchema.nullable(),
      best_of_n: EstimateSchema.nullable(),
    }),
  }),
});
export type Metrics = z.infer<typeof Metrics>;

export const Evaluation = z.object({
  id: Id,
  model_id: z.string(),
  /** Hash of the rows it was taken on. */
  data_hash: z.string(),
  /** Rows left out because their query was in the model's training data. */
  excluded_training_queries: z.number().int(),
  metrics: Metrics,
  created_at: Timestamp,
});
export type Evaluation = z.infer<typeof Evaluation>;

export const evaluateModel = endpoint({
  id: 'evaluateModel',
  room: 'learn',
  method: 'post',
  path: '/api/evaluations',
  summary: 'Measure a reward model on ratings or pairs; rows whose query it was trained on are left out',
  role: 'trainer',
  body: z
    .object({
      /** Name or id of the reward model. */
      model: ShortText,
      ratings: z.array(RatingRow).max(100_000).optional(),
      pairs: z.array(PairRow).max(100_000).optional(),
      /** Id or name of a frozen data set, whose validation split is taken. */
      dataset: ShortText.optional(),
    })
    .refine((body) => [body.ratings, body.pairs, body.dataset].filter((x) => x !== undefined).length === 1, {
      message: 'Send exactly one of ratings, pairs and dataset.',
    }),
  response: Evaluation,
  errors: [
    'model_not_found',
    'dataset_not_found',
    'dataset_not_ready',
    'dataset_damaged',
    'not_enough_data',
    'model_not_deployable',
    'overloaded',
  ],
});
