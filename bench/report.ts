/**
 * Writes docs/benchmarks.md from the benches' JSON: `node bench/report.ts FOLDER`, where FOLDER holds
 * gateway.json, scoring.json, training.json and feedback.json as `attune bench <name> --json` printed them.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { feedback } from './feedback.ts';
import type { gateway } from './gateway.ts';
import type { ScoringResult } from './scoring.ts';
import type { TrainingResult } from './training.ts';

type Row = readonly (string | number)[];

function table(heading: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.join(' | ')} |`;
  return [
    line(heading),
    line(heading.map((_, column) => (column === 0 ? '---' : '--:'))),
    ...rows.map(line),
  ].join('\n');
}

function times(value: number, base: number | undefined): string {
  return base === undefined || base === 0 ? '–' : `${(value / base).toFixed(1)} ×`;
}

function gatewayText({ results, left_out }: Awaited<ReturnType<typeof gateway>>): string {
  const bare = results.find(({ name }) => name.startsWith('bare'));
  const loops = results.map(({ name, at_1000_per_second: rate, closed_loop }) => [
    name,
    `${rate.p50_ms} / ${rate.p99_ms}`,
    ...closed_loop.map(({ p50_ms, p99_ms, per_second }) => `${p50_ms} / ${p99_ms}, ${per_second}/s`),
    times(closed_loop.at(-1)?.per_second ?? 0, bare?.closed_loop.at(-1)?.per_second),
  ]);
  const streams = results.map(({ name, streaming }) => [
    name,
    `${streaming.first_byte.p50_ms} / ${streaming.first_byte.p99_ms}`,
    `${streaming.per_piece.p50_ms} / ${streaming.per_piece.p99_ms}`,
  ]);
  const heading = [
    '',
    'at 1,000/s',
    '1 connection',
    '16 connections',
    '64 connections',
    'throughput to bare proxy',
  ];
  return `Milliseconds p50 / p99 (and answers a second), the upstream's own time included.

${table(heading, loops)}

Streaming, 20 pieces a stream, one stream after the other:

${table(['', 'first byte', 'a piece'], streams)}
${left_out.map((reason) => `\nLeft out: ${reason.replace(/\s+/g, ' ')}.`).join('\n')}`;
}

function scoringText({ rows, left_out }: ScoringResult): string {
  const base = rows.find(({ name }) => name.startsWith('sentence-transformers'))?.per_second;
  const cells = rows.map(({ name, threads, candidates, per_second }) => [
    name,
    threads,
    candidates,
    per_second,
    times(per_second, base),
  ]);
  const heading = ['', 'threads', 'candidates', 'per second', 'to sentence-transformers'];
  return [table(heading, cells), ...left_out.map((reason) => `Left out: ${reason}.`)].join('\n\n');
}

function trainingText({ rows, memory, left_out }: TrainingResult): string {
  const cells = rows.map((row) => [
    row.name,
    row.samples,
    row.runs,
    row.median_seconds,
    row.model_bytes ?? '–',
  ]);
  return [
    table(['', 'samples', 'runs', 'median seconds', 'model bytes'], cells),
    `Memory of the process: ${memory.before_mb} MB before training, ${memory.peak_mb} MB at its peak, both embedders loaded.`,
    ...left_out.map((reason) => `Left out: ${reason}.`),
  ].join('\n\n');
}

function feedbackText({ rows, results }: Awaited<ReturnType<typeof feedback>>): string {
  const cells = results.map(({ filter, n, p50_ms, p95_ms, max_ms }) => [filter, n, p50_ms, p95_ms, max_ms]);
  return `\`GET /api/feedback\` over ${rows.toLocaleString('en')} rows, page after page, milliseconds.

${table(['filter', 'pages', 'p50', 'p95', 'max'], cells)}`;
}

const folder = process.argv[2] ?? '.';
const read = async (name: string) => JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8'));
const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;

const text = `# Benchmarks

Made by \`node bench/report.ts\` from one run of each \`./attune bench <name> --json\` on ${machine}. The load generator, the
upstream, the database and everything that is compared share these cores: read ratios, not milliseconds. Each bench runs
its contenders one after the other in the same run.

## Gateway: \`./attune bench gateway\`

One candidate a question, no reward model; authentication, validation, selection and a durable log row per answer on.

${gatewayText(await read('gateway'))}

## Scoring: \`./attune bench scoring\`

${scoringText(await read('scoring'))}

## Training: \`./attune bench training\`

Texts to model file, weights loaded beforehand, first run not counted.

${trainingText(await read('training'))}

## Feedback lists: \`./attune bench feedback\`

${feedbackText(await read('feedback'))}
`;
await writeFile(join(import.meta.dirname, '../docs/benchmarks.md'), text);
