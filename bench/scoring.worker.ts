import { parentPort, workerData } from 'node:worker_threads';
import { loadEmbedder, parseModel } from '@attune/reward';
import type { ScoringTask } from './scoring.ts';

const { embedder: kind, modelsFolder, model: bytes, rows, runs }: ScoringTask = workerData;
const embedder = await loadEmbedder(kind, modelsFolder);
const model = parseModel(bytes, embedder);

/** One pass over all rows, grouped by query as candidates come. */
async function pass(): Promise<number> {
  const groups = Map.groupBy(rows, ({ query }) => query);
  const started = performance.now();
  for (const [query, group] of groups)
    await model.score(
      query,
      group.map(({ response }) => response),
    );
  return (performance.now() - started) / 1000;
}

await pass();
const seconds: number[] = [];
for (let run = 0; run < runs; run += 1) seconds.push(await pass());
parentPort?.postMessage(seconds);
