/**
 * A cross-encoder of MiniLM's size in the server's scoring threads: one candidate at a time, and many at once, at 128 and
 * 512 tokens, with weights of 32 and of 8 bits. Distinct texts, nothing cached. Python makes the model files.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { silentLog } from '../apps/server/src/platform/log.ts';
import { ScoringPool } from '../apps/server/src/serve/scoring/pool.ts';
import { ScoringService } from '../apps/server/src/serve/scoring/service.ts';
import { type Latencies, summarise } from './load/latencies.ts';
import { python } from './python.ts';

const trainer = join(import.meta.dirname, '../trainer');
const LENGTHS = [128, 512] as const;
const WEIGHTS = ['fp32', 'int8'] as const;
/** As many threads as the server has unless told otherwise. */
const THREADS = 2;
const ALONE = 50;
const TOGETHER = 200;
const WARM_UP = 5;
/** One token each. */
const WORDS = 'water paper green house story light music table stone river bread winter'.split(' ');

export interface CrossEncoderRow {
  tokens: number;
  weights: (typeof WEIGHTS)[number];
  threads: number;
  /** Of one candidate with nothing else to do. */
  alone: Latencies;
  /** Candidates a second, with TOGETHER of them at once. */
  per_second: number;
}

/** Measures the four models. */
export async function crossEncoder(): Promise<CrossEncoderRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'attune-bench-'));
  try {
    const env = { ...process.env, PYTHONPATH: trainer };
    await promisify(execFile)(python, [join(trainer, 'experiments/scoring_files.py'), folder], { env });
    const rows: CrossEncoderRow[] = [];
    for (const tokens of LENGTHS) {
      for (const weights of WEIGHTS) {
        rows.push(await measured(join(folder, `${tokens}-${weights}.attune`), tokens, weights));
      }
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measured(
  path: string,
  tokens: number,
  weights: CrossEncoderRow['weights'],
): Promise<CrossEncoderRow> {
  const file = await readFile(path);
  const artifactSha256 = createHash('sha256').update(file).digest('hex');
  const pool = new ScoringPool({ workers: THREADS, modelsFolder: '', log: silentLog });
  const service = new ScoringService(pool, { get: async () => file }, null);
  const model = { modelId: 'bench', artifactSha256 };
  await service.load(model);
  const wish = { lane: 'bulk', timeoutMs: 600_000 } as const;
  const score = (from: number, count: number) =>
    service.score(
      model,
      { query: textOf(0, 16) },
      Array.from({ length: count }, (_, at) => textOf(from + at, tokens)),
      wish,
    );
  await score(1, WARM_UP);
  const alone: number[] = [];
  for (let at = 0; at < ALONE; at += 1) {
    const began = performance.now();
    await score(1000 + at, 1);
    alone.push(performance.now() - began);
  }
  const began = performance.now();
  await score(10_000, TOGETHER);
  const per_second = Math.round((TOGETHER / (performance.now() - began)) * 10_000) / 10;
  await pool.close();
  return { tokens, weights, threads: THREADS, alone: summarise(alone), per_second };
}

/** A text of that many words, and so of at least as many tokens, that no other number has. */
function textOf(number: number, words: number): string {
  return Array.from({ length: words }, (_, at) => WORDS[(number + at * (1 + (number % 7))) % WORDS.length])
    .concat(String(number))
    .join(' ');
}
