import { z } from 'zod';
import { EstimateSchema, Share, ShortText } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { Metrics } from './learn.ts';

/** A model that scores by two others, and what that gains on held-out questions. */
export const Blend = z.object({
  model_id: z.string(),
  models: z.tuple([z.string(), z.string()]),
  /** Share of the first model, where both have the same spread. */
  weight: Share,
  /** Pair accuracy gained on each model; by question, with a weight that was chosen on other questions. */
  gains: z.array(z.object({ model_id: z.string(), pair_accuracy: EstimateSchema })).length(2),
  /** Whether it is better than both: no interval of a gain reaches zero. */
  recommended: z.boolean(),
  /** Rows left out because their query was in either model's training data. */
  excluded_training_queries: z.number().int(),
  /** Of the blend, likewise by question. */
  metrics: Metrics,
});
export type Blend = z.infer<typeof Blend>;

export const blendModels = endpoint({
  id: 'blendModels',
  room: 'learn',
  method: 'post',
  path: '/api/models/blend',
  summary:
    'Register two reward models as one that scores by both, weighed and measured on held-out questions',
  role: 'trainer',
  body: z.object({
    /** Names or ids of the two reward models. */
    models: z.tuple([ShortText, ShortText]),
    /** Id or name of a frozen data set, whose validation split is taken. */
    dataset: ShortText,
    /** Name of the blend. */
    name: ShortText.default('blend'),
  }),
  response: Blend,
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
