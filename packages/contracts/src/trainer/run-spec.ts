import { z } from 'zod';
import { Id } from '../common.ts';
import {
  ConstitutionalSettings,
  DpoSettings,
  PpoSettings,
  RewardSettings,
  SftSettings,
} from './hyperparameters.ts';

/** Version of the run protocol: the spec that a trainer reads and the events that it writes. */
export const RUN_PROTOCOL = 1;

/** The data set of a run: JSON Lines of `SnapshotRow`, whose SHA-256 is its content hash. */
export const RunData = z.strictObject({
  id: Id.nullable().default(null),
  name: z.string().min(1),
  /** Relative to the run's folder, or absolute. */
  path: z.string().min(1),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .default(null),
});

/** A model's folder, or its id on the Hugging Face hub with a revision. */
export const BaseModel = z.string().min(1).max(500);

const common = {
  protocol: z.literal(RUN_PROTOCOL),
  run_id: z.string().min(1).max(100),
  base_model: BaseModel,
  revision: z.string().max(200).nullable().default(null),
  data: RunData,
};

/** What a trainer is asked to do: one JSON file, `spec.json`, in the run's folder. */
export const RunSpec = z.discriminatedUnion('recipe', [
  z.strictObject({ ...common, recipe: z.literal('reward'), hyperparameters: RewardSettings.prefault({}) }),
  z.strictObject({ ...common, recipe: z.literal('sft'), hyperparameters: SftSettings.prefault({}) }),
  z.strictObject({ ...common, recipe: z.literal('dpo'), hyperparameters: DpoSettings.prefault({}) }),
  z.strictObject({ ...common, recipe: z.literal('ppo'), hyperparameters: PpoSettings }),
  z.strictObject({
    ...common,
    recipe: z.literal('constitutional'),
    hyperparameters: ConstitutionalSettings,
  }),
]);
export type RunSpec = z.infer<typeof RunSpec>;
export type TrainerRecipe = RunSpec['recipe'];
