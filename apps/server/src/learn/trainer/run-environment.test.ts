import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startProcess } from './run-process.ts';

test("a run gets what a trainer needs and the keys meant for it, and none of the server's own", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'attune-run-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const python = join(folder, 'python');
  await writeFile(python, '#!/bin/sh\nenv > environment.txt\n', { mode: 0o700 });
  const set = {
    ATTUNE_UPSTREAM_API_KEY: 'secret',
    ATTUNE_RAY_TOKEN: 'secret',
    ATTUNE_API_KEY: 'secret',
    DATABASE_URL: 'secret',
    OPENAI_API_KEY: 'secret',
    SOMETHING_NEW: 'secret',
    ATTUNE_RUN_KEY_JUDGE: 'for runs',
    OMP_NUM_THREADS: '1',
    HF_HOME: folder,
    PYTHONPATH: '/own',
  };
  const before = { ...process.env };
  t.after(() => {
    for (const name of Object.keys(set)) delete process.env[name];
    Object.assign(process.env, before);
  });
  Object.assign(process.env, set);
  const trainer = { python, sources: '/sources', runsFolder: folder, mostRuns: 1, hourlyCost: 0 };
  const run = await startProcess(trainer, folder, 'first');
  while (await run.isAlive()) await new Promise(setImmediate);

  const lines = (await readFile(join(folder, 'environment.txt'), 'utf8')).trim().split('\n');
  assert.ok(!lines.some((line) => line.endsWith('=secret')), lines.join('\n'));
  for (const line of [
    'ATTUNE_RUN_KEY_JUDGE=for runs',
    'OMP_NUM_THREADS=1',
    `HF_HOME=${folder}`,
    `PATH=${process.env.PATH}`,
    'PYTHONPATH=/sources:/own',
  ]) {
    assert.ok(lines.includes(line), line);
  }
});
