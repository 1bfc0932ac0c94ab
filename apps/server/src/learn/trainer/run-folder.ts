import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AttuneError, RUN_PROTOCOL, RunSpec } from '@attune/contracts';
import type { JobRow } from '../job-store.ts';
import type { Snapshot } from '../needs.ts';

export const EVENTS_FILE = 'events.jsonl';
const DATA_FILE = 'data.jsonl';

/** Folder of a job's run: its spec and data, and what the trainer leaves there. */
export function runFolder(runsFolder: string, jobId: string): string {
  return join(runsFolder, jobId);
}

/**
 * Leaves a run's spec and data in its folder. Events, checkpoints and artifacts of an earlier attempt stay: the trainer
 * goes on from them.
 */
export async function writeRunFolder(
  folder: string,
  job: JobRow,
  dataset: Snapshot,
  baseModel: string,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, DATA_FILE), dataset.bytes);
  await writeFile(join(folder, 'spec.json'), `${JSON.stringify(specOf(job, dataset, baseModel), null, 2)}\n`);
}

/**
 * What the trainer is asked to do.
 * @throws AttuneError `invalid_request` where a job of an earlier release has settings that are not taken any more
 */
export function specOf(job: JobRow, dataset: Omit<Snapshot, 'bytes'>, baseModel: string): RunSpec {
  const spec = RunSpec.safeParse({
    protocol: RUN_PROTOCOL,
    run_id: job.id,
    recipe: job.recipe,
    base_model: baseModel,
    revision: job.revision,
    data: { id: dataset.id, name: dataset.name, path: DATA_FILE, sha256: dataset.contentHash },
    hyperparameters: job.hyperparameters,
  });
  if (spec.success) return spec.data;
  const [issue] = spec.error.issues;
  const param = issue?.path.join('.') ?? '';
  throw new AttuneError('invalid_request', {
    param,
    message: `This job's settings are not taken any more: ${param}: ${issue?.message ?? ''} Start another like it, with that changed.`,
  });
}

/** What a run that is done needs no more. */
export async function removeCheckpoints(folder: string): Promise<void> {
  for (const name of ['checkpoints', 'inputs'])
    await rm(join(folder, name), { recursive: true, force: true });
}
