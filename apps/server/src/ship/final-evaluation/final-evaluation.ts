import { AttuneError, type FinalEvaluation } from '@attune/contracts';
import { comparisonsNeeded } from '@attune/core';
import { newId } from '../../platform/ids.ts';
import type { GateNeeds } from '../gates/gate-needs.ts';
import type { LiveModel } from '../live-model.ts';
import type { ModelRow } from '../registry-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import {
  type FinalEvaluationRow,
  insertFinalEvaluation,
  newestFinalEvaluation,
} from './final-evaluation-store.ts';
import { rivalAnswers } from './rival-answers.ts';

type Needs = Pick<GateNeeds, 'score' | 'competing' | 'judging'>;

/** Logged answers that are looked at for questions where two models differ. */
const LOOKED_AT = 2000;

/** What a final evaluation is to find, and how surely. */
export interface EvaluationPlan {
  readonly effect: number;
  readonly power: number;
  readonly by: string;
}

/**
 * Brings what two reward models would deliver before blind judges, as many questions as the plan needs or the log has.
 * @throws AttuneError `model_not_deployable` for what does not score, `not_enough_data` where the two never differ
 */
export async function startFinalEvaluation(
  { database, clock, audit }: Pick<ShipPlatform, 'database' | 'clock' | 'audit'>,
  needs: Needs,
  model: ModelRow,
  against: ModelRow,
  { effect, power, by }: EvaluationPlan,
): Promise<FinalEvaluation> {
  const { organization, model_id } = model;
  const models = [scoring(model), scoring(against)] as const;
  const needed = comparisonsNeeded(effect, power);
  const logged = await needs.competing(organization, LOOKED_AT);
  const { pairs, lookedAt } = await rivalAnswers(needs.score, models, logged, needed);
  if (pairs.length === 0) {
    throw new AttuneError('not_enough_data', {
      message: `${model_id} and ${against.model_id} would deliver the same answers to all ${lookedAt} logged questions that had several candidates.`,
    });
  }
  const id = newId();
  const project = await needs.judging.open(organization, `${model_id} against ${against.model_id}`);
  await needs.judging.add(organization, project, id, pairs);
  const row = await database.sql.transaction().execute(async (tx) => {
    const act = { organization, actor: by, action: 'model.final_evaluation', subject: `model:${model_id}` };
    const details = { against: against.model_id, project, needed, pairs: pairs.length, effect, power };
    await audit.record({ ...act, details }, tx);
    return await insertFinalEvaluation(tx, {
      id,
      organization,
      model: model.id,
      model_id,
      against_model_id: against.model_id,
      project_id: project,
      effect,
      power,
      needed,
      pairs: pairs.length,
      looked_at: lookedAt,
      differing: pairs.length,
      created_by: by,
      created_at: clock.now(),
    });
  });
  return await view(needs, row);
}

/** The newest final evaluation of a model and how people judged so far; null before the first. */
export async function finalEvaluationOf(
  sql: ShipPlatform['database']['sql'],
  needs: Pick<GateNeeds, 'judging'>,
  { organization, model_id }: Pick<ModelRow, 'organization' | 'model_id'>,
): Promise<FinalEvaluation | null> {
  const row = await newestFinalEvaluation(sql, organization, model_id);
  return row === undefined ? null : await view(needs, row);
}

async function view(
  { judging }: Pick<GateNeeds, 'judging'>,
  row: FinalEvaluationRow,
): Promise<FinalEvaluation> {
  const { judged, win_rate } = await judging.standing(row.organization, row.id);
  return {
    id: row.id,
    model_id: row.model_id,
    against_model_id: row.against_model_id,
    project_id: row.project_id,
    effect: decimal(row.effect),
    power: decimal(row.power),
    needed: row.needed,
    pairs: row.pairs,
    looked_at: row.looked_at,
    differing: row.differing,
    judged,
    win_rate,
    created_at: row.created_at.toISOString(),
  };
}

/** Decimals that a column of four bytes leaves crumbs on. */
function decimal(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function scoring(model: ModelRow): LiveModel {
  const { kind, artifact_sha256: artifactSha256, model_id: modelId } = model;
  if (kind !== 'reward' || artifactSha256 === null) {
    throw new AttuneError('model_not_deployable', { message: `${modelId} does not score answers.` });
  }
  return { modelId, artifactSha256 };
}
