import type { GateFindings, ModelDiff, ScoredExample } from '@attune/contracts';
import { canonicalJson } from '@attune/core';
import type { GateNeeds } from './gates/gate-needs.ts';
import { type CompleteMeasurement, newestFindings } from './gates/measurement-store.ts';
import type { ModelRow } from './registry-store.ts';
import type { ShipPlatform } from './ship-platform.ts';

type Sql = ShipPlatform['database']['sql'];

/** How one model differs from another. Answers and figures on the same rows are there where a measurement compared them. */
export async function modelDiff(
  sql: Sql,
  needs: Pick<GateNeeds, 'compareDatasets' | 'hyperparameters'>,
  one: ModelRow,
  other: ModelRow,
): Promise<ModelDiff> {
  const compared = await comparison(sql, one, other);
  return {
    one: side(one, compared?.metrics ?? null),
    other: side(other, compared?.otherMetrics ?? null),
    data:
      one.dataset_id === null || other.dataset_id === null
        ? null
        : await needs.compareDatasets(one.organization, one.dataset_id, other.dataset_id),
    hyperparameters: differing(await settingsOf(needs, one), await settingsOf(needs, other)),
    examples: compared?.examples ?? [],
    measured_at: compared?.at.toISOString() ?? null,
  };
}

function side(model: ModelRow, same_rows: ModelDiff['one']['same_rows']): ModelDiff['one'] {
  const { model_id, base_model, dataset_id, performance_metrics: metrics } = model;
  return { model_id, base_model, dataset_id, metrics, same_rows };
}

interface Comparison {
  readonly metrics: GateFindings['metrics'];
  readonly otherMetrics: GateFindings['metrics'];
  readonly examples: ScoredExample[];
  readonly at: Date;
}

/** The newest measurement of either against the other. */
async function comparison(sql: Sql, one: ModelRow, other: ModelRow): Promise<Comparison | null> {
  const forth = await newestFindings(sql, one.organization, one.model_id, other.model_id);
  const back = await newestFindings(sql, one.organization, other.model_id, one.model_id);
  if (forth !== null && (back === null || forth.id > back.id)) return asIs(forth);
  return back === null ? null : turned(asIs(back));
}

function asIs({ result, ended_at }: CompleteMeasurement): Comparison {
  const { metrics, incumbent, examples } = result;
  return { metrics, otherMetrics: incumbent?.metrics ?? null, examples: examples.between, at: ended_at };
}

function turned({ metrics, otherMetrics, examples, at }: Comparison): Comparison {
  return {
    metrics: otherMetrics,
    otherMetrics: metrics,
    examples: examples.map((example) => ({
      ...example,
      reward: example.other_reward ?? example.reward,
      other_reward: example.reward,
    })),
    at,
  };
}

async function settingsOf(
  needs: Pick<GateNeeds, 'hyperparameters'>,
  { organization, fine_tuning_job_id: job, base_model }: ModelRow,
): Promise<Record<string, unknown>> {
  const settings = job === null ? {} : await needs.hyperparameters(organization, job);
  return { base_model, ...settings };
}

function differing(
  one: Record<string, unknown>,
  other: Record<string, unknown>,
): ModelDiff['hyperparameters'] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return names
    .map((name) => ({ name, one: one[name] ?? null, other: other[name] ?? null }))
    .filter((setting) => canonicalJson(setting.one) !== canonicalJson(setting.other));
}
