import { createWriteStream } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AttuneError, type CustomJob, type Job } from '@attune/contracts';
import { type ArtifactRow, artifactsOf } from '../artifact-store.ts';
import { type JobRow, jobThatMade } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import { type Beginning, unfitBase, unfitReward } from './model-kind.ts';

/** A model of our own is named with its version, as `stories@1.0.0`: no folder and no model of a hub is called so. */
const OWN = /^[^/\\]+@\d+\.\d+\.\d+$/;

/** Whether a name is that of a registered model and not of a folder or of a model of a hub. */
export function isOwnModel(name: string): boolean {
  return OWN.test(name);
}

/** Where a run's artifacts have the weights. */
const WEIGHTS = 'model/';

/** What a run begins with, and learns by. */
type Models = Pick<CustomJob, 'base_model'> & { hyperparameters: Job['hyperparameters'] };

/**
 * Refuses a job that names a model of our own which no run of the trainer made, or which is of the wrong kind.
 * @throws AttuneError `model_not_found`, `invalid_request` with the field
 */
export async function requireOwnModels(
  learn: Learn,
  organization: string,
  models: Models & Beginning,
): Promise<void> {
  await withOwnModels(models, async (model, param) => {
    const job = await jobThatMade(learn.platform.database.sql, organization, model);
    if (job !== undefined) requireFit(model, param, job, models);
    await weightsOf(learn, organization, model, param);
    return model;
  });
}

function requireFit(model: string, param: string, job: JobRow, models: Beginning): void {
  const why = param === 'base_model' ? unfitBase(job, models) : unfitReward(job);
  if (why !== null) throw new AttuneError('invalid_request', { param, message: `${model} ${why}.` });
}

/**
 * The same settings with each model of our own as a folder within the run's, its files brought there from the blobs.
 * @throws AttuneError `model_not_found`, `artifact_not_found`
 */
export async function bringOwnModels(
  learn: Learn,
  organization: string,
  models: Models,
  folder: string,
): Promise<Models> {
  return await withOwnModels(models, async (model, param) => {
    const weights = await weightsOf(learn, organization, model, param);
    const place = join(folder, 'inputs', model);
    for (const file of weights) await bring(learn, file, join(place, file.name.slice(WEIGHTS.length)));
    return place;
  });
}

/** A file of a model of our own, and its place below a run's folder. */
export interface ModelFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * The same for a folder on another machine: the settings, and the files that are to be brought there.
 * @throws AttuneError `model_not_found`
 */
export async function namedOwnModels(
  learn: Learn,
  organization: string,
  models: Models,
  folder: string,
): Promise<{ models: Models; files: ModelFile[] }> {
  const files: ModelFile[] = [];
  const named = await withOwnModels(models, async (model, param) => {
    for (const { name, sha256, bytes } of await weightsOf(learn, organization, model, param)) {
      files.push({ path: `inputs/${model}/${name.slice(WEIGHTS.length)}`, sha256, bytes });
    }
    return `${folder}/inputs/${model}`;
  });
  return { models: named, files };
}

/** The settings with what `replace` gives for each model of our own, if anything. */
async function withOwnModels(
  { base_model, hyperparameters }: Models,
  replace: (model: string, param: string) => Promise<string>,
): Promise<Models> {
  const replaced = async (model: string, param: string) =>
    isOwnModel(model) ? await replace(model, param) : model;
  const settings = { ...hyperparameters };
  for (const name of ['reward', 'held_out_reward'] as const) {
    if (!('rollouts' in settings)) break;
    const source = settings[name];
    if (source?.kind !== 'local') continue;
    settings[name] = { ...source, model: await replaced(source.model, `hyperparameters.${name}.model`) };
  }
  return { base_model: await replaced(base_model, 'base_model'), hyperparameters: settings };
}

async function weightsOf(
  { platform }: Learn,
  organization: string,
  model: string,
  param: string,
): Promise<ArtifactRow[]> {
  const job = await jobThatMade(platform.database.sql, organization, model);
  const files = job === undefined ? [] : await artifactsOf(platform.database.sql, job);
  const weights = files.filter(({ name }) => name.startsWith(WEIGHTS));
  if (weights.length > 0) return weights;
  throw new AttuneError('model_not_found', {
    param,
    message: `No run of the trainer made a model ${model}.`,
  });
}

async function bring({ platform }: Learn, { sha256, name }: ArtifactRow, path: string): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  const file = await platform.blobs.stream(sha256);
  if (file === undefined)
    throw new AttuneError('artifact_not_found', { message: `${name} is not there any more.` });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const half = `${path}.half`;
  try {
    await pipeline(file.content, createWriteStream(half));
    await rename(half, path);
  } finally {
    await rm(half, { force: true });
  }
}
