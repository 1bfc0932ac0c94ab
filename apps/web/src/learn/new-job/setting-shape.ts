import {
  ConstitutionalSettings,
  DpoSettings,
  PpoSettings,
  RewardHyperparameters,
  RewardSettings,
  SftSettings,
} from '@attune/contracts';
import { z } from 'zod';

const schemas = {
  attune: RewardHyperparameters,
  reward: RewardSettings,
  sft: SftSettings,
  dpo: DpoSettings,
  ppo: PpoSettings,
  constitutional: ConstitutionalSettings,
};

/** What a run can be made with; `attune` is the linear reward model. */
export type RunRecipe = keyof typeof schemas;
export const runRecipes = Object.keys(schemas) as RunRecipe[];

/** One setting of a recipe, as a form shows it. What is neither a number, a word nor a switch is written as JSON. */
export interface Setting {
  readonly name: string;
  readonly kind: 'number' | 'choice' | 'switch' | 'words' | 'json';
  /** What it is when nothing is said; undefined where something must be said. */
  readonly otherwise: unknown;
  readonly options: readonly string[];
}

interface Property {
  readonly type?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly default?: unknown;
  readonly anyOf?: readonly Property[] | undefined;
}

/** The settings of a recipe, from the schema that the server checks them with. */
export function settingsOf(recipe: RunRecipe): Setting[] {
  const { properties = {} } = z.toJSONSchema(schemas[recipe], { io: 'input' }) as {
    properties?: Record<string, Property>;
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    kind: kindOf(property),
    otherwise: property.default,
    options: (property.enum ?? []).map(String),
  }));
}

function kindOf({ type, enum: options, anyOf }: Property): Setting['kind'] {
  if (options !== undefined) return 'choice';
  if (type === 'boolean') return 'switch';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'string') return 'words';
  const some = anyOf?.filter((one) => one.type !== 'null') ?? [];
  return some.length === 1 && some[0] !== undefined && some[0].type !== 'object' ? kindOf(some[0]) : 'json';
}
