import type { FinalEvaluation, GateMeasurement, GateSettings, ModelGates } from '@attune/contracts';
import { assessGates, type Gate, refusingGates } from '@attune/core';
import { newestRamp } from '../ramp-store.ts';
import type { ModelRow } from '../registry-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { incumbentOf } from '../traffic.ts';
import { gateInputs } from './gate-inputs.ts';
import { gateSentence } from './gate-sentence.ts';
import { gateSettingsOf } from './gate-settings.ts';
import {
  type CompleteMeasurement,
  type MeasurementRow,
  newestFindings,
  newestMeasurement,
} from './measurement-store.ts';

type Sql = ShipPlatform['database']['sql'];
/** How people judged a model's newest final evaluation; null before one. */
export type Judged = (
  model: ModelRow,
) => Promise<Pick<FinalEvaluation, 'against_model_id' | 'win_rate' | 'created_at'> | null>;

/** How the gates of a model stand. */
export async function gatesOf(sql: Sql, model: ModelRow, judged: Judged): Promise<ModelGates> {
  const { organization, model_id } = model;
  const settings = await gateSettingsOf(sql, organization);
  const incumbent = await incumbentFor(sql, model);
  const newest = await newestMeasurement(sql, organization, model_id);
  const measured = await newestFindings(sql, organization, model_id);
  const hasFailed = newest?.status === 'failed';
  const inputs = gateInputs({ model, settings, measured, hasFailed, incumbent, judged: await judged(model) });
  const gates = assessGates(inputs, settings.limits);
  return {
    model_id,
    incumbent_model_id: incumbent,
    gates: gates.map(shownGate),
    refusing: refusingGates(gates, settings.require_measured),
    measurement: newest === undefined ? null : measurementView(newest),
    excluded: measured?.result.excluded ?? null,
    cost: costOf(measured, settings),
  };
}

/** The model that a model has to match; null where none takes traffic, or it is this one. */
export async function incumbentFor(sql: Sql, model: ModelRow): Promise<string | null> {
  if (model.kind !== 'reward') return null;
  const incumbent = incumbentOf(await newestRamp(sql, model.organization, 'reward'));
  return incumbent === model.model_id ? null : incumbent;
}

export function measurementView(row: MeasurementRow): GateMeasurement {
  return {
    id: row.id,
    model_id: row.model_id,
    incumbent_model_id: row.incumbent_model_id,
    status: row.status,
    progress: row.progress,
    dataset_id: row.dataset_id,
    error: row.error,
    requested_by: row.requested_by,
    created_at: row.created_at.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
  };
}

function shownGate(gate: Gate): ModelGates['gates'][number] {
  const { evidence } = gate;
  const shown = evidence && { ...evidence, estimate: shownEstimate(evidence.estimate) };
  return { ...gate, evidence: shown, sentence: gateSentence(gate) };
}

/** JSON knows no infinity. */
function shownEstimate({ value, ci: [low, high], n }: NonNullable<Gate['evidence']>['estimate']) {
  const known = (number: number) => (Number.isFinite(number) ? number : null);
  return { value: known(value), ci: [known(low), known(high)] as [number | null, number | null], n };
}

/** At the throughput that was measured, were the machine to do nothing else. */
function costOf(measured: CompleteMeasurement | null, { load }: GateSettings): ModelGates['cost'] {
  const perSecond = measured?.result.questions_per_second;
  if (perSecond == null || perSecond <= 0) return null;
  const hours = 1000 / perSecond / 3600;
  const dollars = load.hourly_dollars === null ? null : hours * load.hourly_dollars;
  return { questions_per_second: perSecond, dollars_per_thousand: dollars };
}
