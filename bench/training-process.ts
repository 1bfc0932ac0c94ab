/**
 * Trains with one embedder, as `node bench/training-process.ts static|minilm`: a process of its own, so that its peak
 * memory is that of this embedder alone. Prints what it measured as JSON.
 */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type EmbedderName, loadEmbedder, serialiseModel, trainAttune, trainPlain } from '@attune/reward';
import { ratedTexts } from './corpus.ts';
import { median } from './load/latencies.ts';
import { RUNS, SAMPLES, type TrainingPart } from './training.ts';

const name: EmbedderName = process.argv[2] === 'minilm' ? 'minilm' : 'static';
const ratings = (await ratedTexts()).slice(0, SAMPLES);
const before = process.memoryUsage.rss();
const embedder = await loadEmbedder(name, join(import.meta.dirname, '../models'), {
  threads: Math.min(2, availableParallelism()),
});

/** Median seconds after a run that does not count, and the size of the model's file. */
async function timed(work: () => Promise<Uint8Array>) {
  const times: number[] = [];
  const { length: model_bytes } = await work();
  for (let run = 0; run < RUNS; run += 1) {
    const started = performance.now();
    await work();
    times.push((performance.now() - started) / 1000);
  }
  return { median_seconds: Math.round(median(times) * 1000) / 1000, model_bytes };
}

const attune = await timed(async () => serialiseModel(await trainAttune({ ratings }, embedder, { seed: 1 })));
const plain = await timed(async () => serialiseModel(await trainPlain(ratings, embedder, { seed: 1 })));
await embedder.close();
const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;
const part: TrainingPart = {
  rows: [
    { recipe: 'Attune', ...attune },
    { recipe: 'plain recipe', ...plain },
  ],
  memory: {
    before_mb: megabytes(before),
    peak_mb: megabytes(process.resourceUsage().maxRSS * 1024),
  },
};
console.log(JSON.stringify(part));
