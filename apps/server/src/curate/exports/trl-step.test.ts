import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../config.ts';
import { trainerPython } from '../../trainer-home.ts';
import type { SnapshotRows } from '../datasets/snapshot.ts';
import { exampleRows } from '../testing/example-rows.ts';
import { render } from './render.ts';

const script = fileURLToPath(new URL('./trl-step.py', import.meta.url));
const formats = ['trl_preference', 'trl_kto', 'openai_chat'] as const;

const python = trainerPython(readConfig(process.env));
const missing =
  spawnSync(python, ['-c', 'import trl, datasets, torch'], { stdio: 'ignore' }).status === 0
    ? false
    : `${python} lacks torch, trl or datasets: ./attune test trainer installs them`;

/** Enough rows for a batch. */
const rows: SnapshotRows = {
  ratings: [
    ...exampleRows.ratings,
    ...exampleRows.ratings.map((row) => ({ ...row, query: `${row.query} Again?` })),
  ],
  pairs: [...exampleRows.pairs, ...exampleRows.pairs],
  steps: [...exampleRows.steps, ...exampleRows.steps],
};

test('TRL trains a step on what is exported', { skip: missing }, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'attune-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const files = Object.fromEntries(
    formats.map((format) => {
      const path = join(folder, `${format}.jsonl`);
      writeFileSync(path, render(rows, { format, mask: true, authors: new Map(), first: 0 }).bytes);
      return [format, path];
    }),
  );
  const training = spawnSync(python, [script, folder], {
    input: JSON.stringify(files),
    encoding: 'utf8',
    env: { ...process.env, HF_HUB_OFFLINE: '1', HF_DATASETS_OFFLINE: '1', CUDA_VISIBLE_DEVICES: '' },
  });
  assert.equal(training.status, 0, training.stderr);
  const losses: Record<string, number> = JSON.parse(training.stdout.trim().split('\n').at(-1) ?? '{}');
  for (const format of formats) assert.ok(Number.isFinite(losses[format]), `${format}: ${losses[format]}`);
});
