import { AttuneError, type JobEvent, RewardHyperparameters } from '@attune/contracts';
import { newId } from '../platform/ids.ts';
import { version } from '../version.ts';
import type { JobKey } from './job-key.ts';
import { changeJob, type JobRow } from './job-store.ts';
import type { Learn } from './learn.ts';
import type { FrozenDataset } from './needs.ts';
import { RunEnding } from './run-ending.ts';
import { RunVoice } from './run-voice.ts';
import { overallProgress } from './training-stages.ts';
import type { TrainingNews, TrainingResult, TrainingRow, TrainingSetting } from './training-task.ts';
import { runInWorker } from './worker-task.ts';

/**
 * Runs a waiting job to its end: validating → training → completed or failed. Does nothing when the job is not
 * waiting (it was cancelled, or another runner has it), so that being called twice does no harm.
 * @param stopping aborted when the server stops; the job then waits for the next runner
 */
export async function runJob(learn: Learn, key: JobKey, stopping: AbortSignal): Promise<void> {
  const run = newId();
  const job = await claim(learn, key, run);
  if (job === undefined) return;
  const voice = new RunVoice(learn.platform, learn.bell, key, run);
  const signal = AbortSignal.any([voice.disowned, stopping]);
  const ending = new RunEnding(learn.platform, key, run, voice);
  try {
    const { modelId, report } = await work(learn, job, voice, signal);
    await ending.complete(modelId, report);
  } catch (error) {
    if (voice.disowned.aborted) await voice.finish();
    else if (stopping.aborted) await ending.putBack();
    else await ending.fail(error);
  }
  await learn.bell.ring(key.id);
}

async function claim(learn: Learn, key: JobKey, run: string): Promise<JobRow | undefined> {
  const now = learn.platform.clock.now();
  const start = { status: 'validating' as const, job_id: run, started_at: now, heartbeat_at: now };
  const event: JobEvent = { type: 'status', at: now.toISOString(), status: 'validating' };
  const job = await changeJob(learn.platform.database.sql, { ...key, from: ['pending'] }, start, [event]);
  if (job !== undefined) await learn.bell.ring(key.id);
  return job;
}

async function work(learn: Learn, job: JobRow, voice: RunVoice, signal: AbortSignal) {
  const { needs, platform } = learn;
  const dataset = await needs.datasets.open(job.organization, job.dataset_id);
  if (dataset === null) throw new AttuneError('dataset_not_found');
  await enterTraining(learn, job, dataset, voice);
  const { result, artifact } = await train(learn, job, dataset, voice, signal);
  signal.throwIfAborted();
  const queries = await platform.blobs.put(result.trainingQueries);
  const { modelId } = await needs.registry.register({
    organization: job.organization,
    name: job.model_name,
    jobId: job.id,
    datasetId: dataset.id,
    baseModel: result.baseModel,
    card: { ...result.card, training_queries_sha256: queries },
    metrics: { ...result.metrics },
    kind: 'reward',
    artifact,
  });
  const report = result.metrics && { ...result.metrics, errors: result.errors };
  return { modelId, report };
}

async function enterTraining(
  { platform }: Learn,
  job: JobRow,
  { name, ratings, pairs }: FrozenDataset,
  voice: RunVoice,
): Promise<void> {
  const at = platform.clock.now().toISOString();
  const message = `data set ${name}: ${ratings.length} ratings, ${pairs.length} pairs`;
  const match = { ...job, from: ['validating' as const], run: job.job_id ?? undefined };
  await changeJob(platform.database.sql, match, { status: 'training' }, [
    { type: 'log', at, message },
    { type: 'status', at, status: 'training' },
  ]);
  voice.say({ type: 'progress', stage: 'reading', done: 0, total: 1 }, 0);
}

async function train(
  { needs, platform }: Learn,
  job: JobRow,
  dataset: FrozenDataset,
  voice: RunVoice,
  signal: AbortSignal,
): Promise<{ result: TrainingResult; artifact: { sha256: string; bytes: number } }> {
  const { id, name, contentHash } = dataset;
  const result = await runInWorker<TrainingSetting, TrainingRow, TrainingNews, TrainingResult>({
    program: new URL('./training.worker.ts', import.meta.url),
    setting: {
      hyperparameters: RewardHyperparameters.parse(job.hyperparameters),
      modelsFolder: needs.modelsFolder,
      dataset: { id, name, contentHash },
      codeVersion: version,
    },
    rows: [...dataset.ratings, ...dataset.pairs],
    onEvent: (news) => tell(voice, news),
    signal,
  });
  const artifact = {
    sha256: await platform.blobs.put(result.artifact),
    bytes: result.artifact.byteLength,
  };
  voice.say({ type: 'artifact', ...artifact }, overallProgress('registering', 0, 1));
  return { result, artifact };
}

function tell(voice: RunVoice, news: TrainingNews): void {
  if (news.type !== 'progress') voice.say(news);
  else voice.say(news, overallProgress(news.stage, news.done, news.total));
}
