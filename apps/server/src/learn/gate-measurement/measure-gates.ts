import { AttuneError, type GateFindings, type GateReason, type ModelKind } from '@attune/contracts';
import { sql as raw } from 'kysely';
import type { EvaluationRow } from '../evaluation-task.ts';
import { jobThatMade } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import { trainedOn } from '../trained-on.ts';
import { runInWorker, WorkerTaskError } from '../worker-task.ts';
import type { GateTaskEvent, GateTaskResult, GateTaskSetting } from './gate-task.ts';

/** What is to be measured. */
export interface GateQuestion {
  readonly organization: string;
  /** `name@version`. */
  readonly model: string;
  readonly kind: ModelKind;
  readonly incumbent: string | null;
  /** Frozen evaluation set; null takes the held-out part of the model's own data set. */
  readonly dataset: string | null;
  /** Questions with comparisons from which on pair accuracy is taken. */
  readonly fewest: number;
}

/** What data, the safety set and the model's run say; how fast it scores is for others to see. */
export type FindingsOnData = Omit<GateFindings, 'latency' | 'questions_per_second'>;

/**
 * Measures a model in a worker thread.
 * @param onProgress hears the share that is done, 0–1
 * @throws AttuneError `model_not_deployable`, `dataset_not_ready`, `dataset_damaged`; the reason of `signal`
 */
export async function measureGates(
  learn: Learn,
  question: GateQuestion,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<FindingsOnData> {
  const { organization, incumbent } = question;
  const alarms = question.kind === 'policy' ? await alarmsOf(learn, organization, question.model) : null;
  const candidate = await sideOf(learn, organization, question.model);
  if (candidate === null) return { ...nothing('not_a_scorer'), alarms };
  const other = incumbent === null ? null : await sideOf(learn, organization, incumbent);
  const rows = await rowsFor(learn, question);
  const setting: GateTaskSetting = {
    candidate: candidate.artifact,
    incumbent: other?.queries == null ? null : other.artifact,
    modelsFolder: learn.needs.modelsFolder,
    trainingQueries: Buffer.concat([candidate.queries, other?.queries].filter((list) => list != null)),
    fewest: question.fewest,
  };
  // Where nobody knows what a model was trained on, no row is fair to it; the safety set still is.
  const found = await run(setting, candidate.queries === null ? [] : rows, onProgress, signal);
  const onData = reasonOf(candidate.queries !== null, rows.length, found);
  return {
    ...found,
    alarms,
    reason: onData,
    incumbent:
      incumbent === null ? null : { model_id: incumbent, ...incumbentFindings(found, other, onData) },
  };
}

function reasonOf(isKnown: boolean, rows: number, found: GateTaskResult): GateReason | null {
  if (!isKnown) return 'training_unknown';
  return rows === 0 || found.metrics === null ? 'no_data' : null;
}

function incumbentFindings(found: GateTaskResult, other: Side | null, onData: GateReason | null) {
  const none = (reason: GateReason) => ({ metrics: null, difference: null, reason });
  if (other === null) return none('not_a_scorer');
  if (other.queries === null) return none('training_unknown');
  if (onData !== null || found.incumbent === null) return none(onData ?? 'no_data');
  return { ...found.incumbent, reason: null };
}

interface Side {
  readonly artifact: Uint8Array;
  /** Null where nobody knows any more what it was trained on. */
  readonly queries: Uint8Array | null;
}

/** Null for what does not score, or has lost its file. */
async function sideOf(learn: Learn, organization: string, modelId: string): Promise<Side | null> {
  const model = await learn.needs.registry.find(organization, modelId);
  const artifact = model === null ? undefined : await learn.platform.blobs.get(model.artifactSha256);
  if (artifact === undefined) return null;
  try {
    return { artifact, queries: await trainedOn(learn, organization, modelId) };
  } catch (error) {
    if (error instanceof AttuneError && error.code === 'model_not_deployable')
      return { artifact, queries: null };
    throw error;
  }
}

async function rowsFor({ needs }: Learn, question: GateQuestion): Promise<EvaluationRow[]> {
  const { organization, model, dataset } = question;
  const own = dataset === null ? (await needs.registry.find(organization, model))?.datasetId : dataset;
  const frozen = own == null ? null : await needs.datasets.open(organization, own);
  if (frozen === null) return [];
  const rows = dataset === null ? heldOut(frozen) : [...frozen.ratings, ...frozen.pairs];
  // Pairs of a data set with ratings mostly repeat them, and would count twice.
  return frozen.ratings.length > 0 ? rows.filter((row) => row.type === 'rating') : rows;
}

function heldOut({ ratings, pairs }: NonNullable<Awaited<ReturnType<Learn['needs']['datasets']['open']>>>) {
  return [...ratings, ...pairs].filter((row) => row.split === 'validation');
}

async function run(
  setting: GateTaskSetting,
  rows: readonly EvaluationRow[],
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<GateTaskResult> {
  try {
    return await runInWorker<GateTaskSetting, EvaluationRow, GateTaskEvent, GateTaskResult>({
      program: new URL('./gates.worker.ts', import.meta.url),
      setting,
      rows,
      onEvent: ({ progress }) => onProgress(progress),
      signal,
    });
  } catch (error) {
    if (!(error instanceof WorkerTaskError) || error.code === null) throw error;
    throw new AttuneError('model_not_deployable', { message: error.message }, { cause: error });
  }
}

/** How often an alarm sounded in the run that made a policy; null where no run is known. */
async function alarmsOf({ platform }: Learn, organization: string, modelId: string) {
  const { sql } = platform.database;
  const job = await jobThatMade(sql, organization, modelId);
  if (job === undefined) return null;
  const { alarms, metrics } = await sql
    .selectFrom('job_events')
    .select([
      raw<number>`(count(*) FILTER (WHERE event->>'type' = 'alarm'))::int`.as('alarms'),
      raw<number>`(count(*) FILTER (WHERE event->>'type' = 'metric'))::int`.as('metrics'),
    ])
    .where('organization', '=', organization)
    .where('job_id', '=', job.id)
    .executeTakeFirstOrThrow();
  return { value: alarms, ci: [alarms, alarms] as [number, number], n: metrics };
}

function nothing(reason: GateReason): FindingsOnData {
  return {
    data_hash: null,
    excluded: 0,
    reason,
    metrics: null,
    ordering: null,
    calibration: null,
    length: null,
    safety: null,
    incumbent: null,
    alarms: null,
    examples: { highest: [], lowest: [], disagreements: [], between: [] },
  };
}
