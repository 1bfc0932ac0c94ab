import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ExportFormat } from '@attune/contracts';
import { parquetReadObjects } from 'hyparquet';
import { readConfig } from '../../config.ts';
import { trainerPython } from '../../trainer-home.ts';
import { exampleRows } from '../testing/example-rows.ts';
import { fileTypeOf } from './export-file-type.ts';
import { render } from './render.ts';

const formats: ExportFormat[] = [
  'trl_preference',
  'trl_kto',
  'trl_stepwise',
  'openai_chat',
  'openai_preference',
  'anthropic_text',
  'bedrock_conversation',
  'ratings',
  'parquet',
];

const script = `
import json, sys, datasets
datasets.disable_progress_bars()
read = {}
for format, path in json.load(sys.stdin).items():
    kind = 'parquet' if path.endswith('.parquet') else 'json'
    rows = datasets.load_dataset(kind, data_files=path, split='train', cache_dir=sys.argv[1])
    read[format] = {'rows': list(rows), 'types': {name: str(type) for name, type in rows.features.items()}}
print(json.dumps(read))
`;

const python = trainerPython(readConfig(process.env));
const missing =
  spawnSync(python, ['-c', 'import datasets'], { stdio: 'ignore' }).status === 0
    ? false
    : `${python} lacks datasets: ./attune test trainer installs it`;

test('the Hugging Face datasets library reads every export unchanged', { skip: missing }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'attune-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const files = Object.fromEntries(
    formats.map((format) => {
      const path = join(folder, `${format}.${fileTypeOf(format).extension}`);
      writeFileSync(path, render(exampleRows, { format, mask: true, authors: new Map(), first: 0 }).bytes);
      return [format, path];
    }),
  );
  const reading = spawnSync(python, ['-c', script, folder], {
    input: JSON.stringify(files),
    encoding: 'utf8',
    env: { ...process.env, HF_HUB_OFFLINE: '1', HF_DATASETS_OFFLINE: '1' },
  });
  assert.equal(reading.status, 0, reading.stderr);
  const read: Record<string, { rows: unknown[]; types: Record<string, string> }> = JSON.parse(reading.stdout);
  for (const format of formats) assert.deepEqual(read[format]?.rows, await written(format), format);
  assert.equal(read.trl_kto?.types.label, "Value('bool')");
  assert.equal(read.parquet?.types.rating, "Value('float64')");
  assert.equal(read.trl_stepwise?.types.labels, "List(Value('bool'))");
  assert.equal(read.parquet?.types.feedback_ids, "List(Value('string'))");
});

async function written(format: ExportFormat): Promise<unknown[]> {
  const { bytes } = render(exampleRows, { format, mask: true, authors: new Map(), first: 0 });
  if (format === 'parquet') return parquetReadObjects({ file: Uint8Array.from(bytes).buffer });
  return new TextDecoder()
    .decode(bytes)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}
