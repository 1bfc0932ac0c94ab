import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import {
  type Embedder,
  loadMiniLmEmbedder,
  loadStaticEmbedder,
  parseModel,
  type RewardModel,
  readModelCard,
} from '@attune/reward';
import { z } from 'zod';
import type { GroupResult, WorkAnswer, WorkGroup, WorkMessage } from './messages.ts';

/*
 * Scores and embeds away from the event loop: both keep a processor busy for milliseconds at a time. Embedders are
 * loaded when first needed, and once.
 */
const { modelsFolder } = z.object({ modelsFolder: z.string() }).parse(workerData);
const files = new Map<string, Uint8Array>();
const models = new Map<string, Promise<RewardModel>>();

const loaders = {
  'minilm-static-256': () => loadStaticEmbedder(join(modelsFolder, 'minilm-static-256')),
  'all-MiniLM-L6-v2': () => loadMiniLmEmbedder(join(modelsFolder, 'all-MiniLM-L6-v2')),
} as const;
type EmbedderName = keyof typeof loaders;
const embedders = new Map<EmbedderName, Promise<Embedder>>();

function embedder(name: EmbedderName): Promise<Embedder> {
  let loading = embedders.get(name);
  if (loading === undefined) {
    loading = loaders[name]();
    embedders.set(name, loading);
    // A failure is not kept: the weights may be there the next time.
    loading.catch(() => embedders.delete(name));
  }
  return loading;
}

function embedderOf(id: string): Promise<Embedder> {
  const name = id.split('@')[0] ?? '';
  if (name !== 'minilm-static-256' && name !== 'all-MiniLM-L6-v2') {
    throw new Error(`the embedder ${id} is not known here`);
  }
  return embedder(name);
}

async function load(sha256: string): Promise<RewardModel> {
  const file = files.get(sha256);
  if (file === undefined) throw new Error(`the model ${sha256} was not sent`);
  return parseModel(file, await embedderOf(readModelCard(file).embedder));
}

function model(sha256: string): Promise<RewardModel> {
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
    const scores = await (await model(group.model)).score(group.query, group.responses);
    return { kind: 'scores', scores };
  }
  const { id, embed } = await embedder('minilm-static-256');
  return { kind: 'vectors', vectors: await embed(group.texts), embedder: id };
}

async function answer({ models: sent, forget, groups }: WorkMessage): Promise<WorkAnswer> {
  for (const sha256 of forget) {
    files.delete(sha256);
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
