import { parentPort, workerData } from 'node:worker_threads';
import {
  type Embedder,
  type EmbedderName,
  loadEmbedder,
  loadRewardScorer,
  type RewardScorer,
} from '@attune/reward';
import { z } from 'zod';
import type { GroupResult, WorkAnswer, WorkGroup, WorkMessage } from './messages.ts';

/*
 * Scores and embeds away from the event loop: both keep a processor busy for milliseconds at a time. Embedders are
 * loaded when first needed, and once.
 */
const { modelsFolder } = z.object({ modelsFolder: z.string() }).parse(workerData);
const files = new Map<string, Uint8Array>();
const models = new Map<string, Promise<RewardScorer>>();

const embedders = new Map<EmbedderName, Promise<Embedder>>();

function embedder(name: EmbedderName): Promise<Embedder> {
  let loading = embedders.get(name);
  if (loading === undefined) {
    loading = loadEmbedder(name, modelsFolder);
    embedders.set(name, loading);
    // A failure is not kept: the weights may be there the next time.
    loading.catch(() => embedders.delete(name));
  }
  return loading;
}

async function load(sha256: string): Promise<RewardScorer> {
  const file = files.get(sha256);
  if (file === undefined) throw new Error(`the model ${sha256} was not sent`);
  return await loadRewardScorer(file, embedder);
}

function model(sha256: string): Promise<RewardScorer> {
  let loading = models.get(sha256);
  if (loading === undefined) {
    loading = load(sha256);
    models.set(sha256, loading);
    loading.catch(() => models.delete(sha256));
  }
  return loading;
}

async function work(group: WorkGroup): Promise<GroupResult> {
  if (group.kind === 'score') {
    const scores = await (await model(group.model)).score(group, group.responses);
    return { kind: 'scores', scores };
  }
  const { id, embed } = await embedder('static');
  return { kind: 'vectors', vectors: await embed(group.texts), embedder: id };
}

async function answer({ models: sent, forget, groups }: WorkMessage): Promise<WorkAnswer> {
  for (const sha256 of forget) {
    files.delete(sha256);
    // One that could not be loaded has nothing to close; who asked for it was told.
    models.get(sha256)?.then(
      (gone) => gone.close(),
      () => undefined,
    );
    models.delete(sha256);
  }
  for (const { sha256, file } of sent) files.set(sha256, file);
  const results: GroupResult[] = [];
  for (const group of groups) {
    results.push(
      await work(group).catch((error: unknown): GroupResult => ({ kind: 'failed', message: String(error) })),
    );
  }
  return { results };
}

parentPort?.on('message', async (message: WorkMessage) => parentPort?.postMessage(await answer(message)));
