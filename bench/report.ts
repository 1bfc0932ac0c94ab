/**
 * Writes docs/benchmarks.md and the tables of models/ and demo/ from the benches' JSON: `node bench/report.ts FOLDER`,
 * where FOLDER holds gateway.json, scoring.json, training.json, feedback.json, chat.json and quality.json as
 * `attune bench <name> --json` printed them. What is not in the folder stays as it was.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Estimate } from '@attune/core';
import type { EmbedderName } from '@attune/reward';
import { aimsText } from './aims.ts';
import type { chat } from './chat.ts';
import type { feedback } from './feedback.ts';
import type { gateway } from './gateway.ts';
import type { Latencies } from './load/latencies.ts';
import type { QualityResult, QualityRow } from './quality.ts';
import type { review } from './review.ts';
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

function middleAndTail({ p50_ms, p99_ms }: Latencies): string {
  return `${p50_ms} / ${p99_ms}`;
}

function gatewayText({ results, left_out }: Awaited<ReturnType<typeof gateway>>): string {
  const bare = results.find(({ name }) => name.startsWith('bare'));
  const loops = results.map(({ name, at_1000_per_second: rate, closed_loop }) => [
    name,
    middleAndTail(rate),
    middleAndTail(rate.from_send),
    ...closed_loop.map(({ p50_ms, p99_ms, per_second }) => `${p50_ms} / ${p99_ms}, ${per_second}/s`),
    times(closed_loop.at(-1)?.per_second ?? 0, bare?.closed_loop.at(-1)?.per_second),
  ]);
  const streams = results.flatMap(({ name, streaming }) =>
    streaming === null ? [] : [[name, ...[streaming.first_byte, streaming.per_piece].map(middleAndTail)]],
  );
  const heading = [
    '',
    'at 1,000/s, from when it was due',
    'from when it was sent',
    '1 connection',
    '16 connections',
    '64 connections',
    'throughput to bare proxy',
  ];
  return `Milliseconds p50 / p99 (and answers a second), the upstream's own time included.

${table(heading, loops)}

Streaming, 20 pieces a stream, one stream after the other:

${table(['', 'first byte', 'a piece'], streams)}
${left_out.map((reason) => `\nLeft out: ${reason.replace(/\s+/g, ' ')}.`).join('\n')}

${gatewayAims(results)}`;
}

function gatewayAims(results: Awaited<ReturnType<typeof gateway>>['results']): string {
  const ours = results.find(({ name }) => name === 'attune on PostgreSQL');
  const rate = ours?.at_1000_per_second;
  const what = 'On PostgreSQL';
  return aimsText([
    { what: `${what} at 1,000/s, p50`, unit: 'ms', most: 0.8, measured: rate?.p50_ms },
    { what: `${what} at 1,000/s, p99`, unit: 'ms', most: 3.5, measured: rate?.p99_ms },
    {
      what: `${what} with 64 connections`,
      unit: 'answers a second',
      least: 5000,
      measured: ours?.closed_loop.at(-1)?.per_second,
    },
  ]);
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
  const peaks = Object.entries(memory).map(
    ([embedder, { before_mb, peak_mb }]) => `${embedder} ${before_mb} and ${peak_mb} MB`,
  );
  const cells = rows.map((row) => [
    row.name,
    row.samples,
    row.runs,
    row.median_seconds,
    row.model_bytes ?? '–',
  ]);
  return [
    table(['', 'samples', 'runs', 'median seconds', 'model bytes'], cells),
    `Resident memory of the whole process before the embedder was loaded and at its peak: ${peaks.join('; ')}.`,
    ...left_out.map((reason) => `Left out: ${reason}.`),
    aimsText([
      {
        what: "Attune's recipe on MiniLM, 200 samples",
        unit: 's',
        most: 1.5,
        measured: rows.find(({ name }) => /^attune, minilm$/i.test(name))?.median_seconds,
      },
      { what: 'Resident memory at its peak, MiniLM', unit: 'MB', most: 200, measured: memory.minilm.peak_mb },
    ]),
  ].join('\n\n');
}

function reviewText({ rows, embedded, results }: Awaited<ReturnType<typeof review>>): string {
  const cells = results.map(({ what, n, p50_ms, p95_ms, max_ms }) => [what, n, p50_ms, p95_ms, max_ms]);
  return `The review queue over ${rows.toLocaleString('en')} rows, milliseconds: pages of fifty with their count, then
what a reviewer waits for. Searched by meaning are ${embedded.toLocaleString('en')} of the rows.

${table(['', 'requests', 'p50', 'p95', 'max'], cells)}`;
}

function chatText({ n, p50_ms, p95_ms, max_ms }: Awaited<ReturnType<typeof chat>>): string {
  return `Milliseconds in Chromium, without a window, from the arrival of an answer's first words to their paint, in a
conversation that grows to ${n} questions.

${table(['', 'answers', 'p50', 'p95', 'max'], [['first words', n, p50_ms, p95_ms, max_ms]])}`;
}

function feedbackText({ rows, results }: Awaited<ReturnType<typeof feedback>>): string {
  const cells = results.map(({ filter, n, p50_ms, p95_ms, max_ms }) => [filter, n, p50_ms, p95_ms, max_ms]);
  return `\`GET /api/feedback\` over ${rows.toLocaleString('en')} rows, page after page, milliseconds.

${table(['filter', 'pages', 'p50', 'p95', 'max'], cells)}`;
}

function shown(estimate: Estimate | null, digits = 2): string {
  if (estimate === null) return '–';
  const [low, high] = estimate.ci.map((bound) => bound.toFixed(digits));
  return `${estimate.value.toFixed(digits)} [${low}, ${high}]`;
}

function qualityRows(rows: readonly QualityRow[]): string {
  const heading = ['', 'embedder', 'mean rating', 'gap closed', 'pair accuracy', 'AUC', 'ECE', 'length'];
  const cells = rows.map((row) => [
    row.recipe,
    row.embedder,
    shown(row.mean_rating),
    shown(row.gap_closed),
    shown(row.pair_accuracy, 3),
    shown(row.auc, 3),
    row.calibration_error?.toFixed(3) ?? '–',
    shown(row.length_correlation),
  ]);
  return table(heading, cells);
}

function qualityText({ corpus, folds, rows, baselines }: QualityResult): string {
  return `${corpus.questions} questions, ${corpus.answers} answers, ${corpus.ratings} ratings; ${folds} folds by question, so that every answer is scored by a
model that never saw its question. In brackets 95 % intervals over questions. Mean rating is that of the answer with the
highest reward; the gap is that from a random answer to the best; length is the rank correlation of reward and length.

${qualityRows(rows)}

Without a model: a random answer ${shown(baselines.random)}, the longest ${shown(baselines.longest)}, the best ${shown(baselines.oracle)}. The longer answer
wins ${shown(baselines.length_pair_accuracy, 3)} of the pairs, length has an AUC of ${shown(baselines.length_auc, 3)}.`;
}

function embedderText(embedder: EmbedderName): (result: QualityResult) => string {
  return ({ rows }) => qualityRows(rows.filter((row) => row.embedder === embedder));
}

function mappingText({ mappings }: QualityResult): string {
  const heading = ['mapping', 'random answer', 'longest answer', 'best answer'];
  const cells = mappings.map(({ stars, random, longest, oracle }) => [
    stars,
    ...[random, longest, oracle].map((estimate) => shown(estimate)),
  ]);
  return table(heading, cells);
}

const root = join(import.meta.dirname, '..');
const folder = process.argv[2] ?? '.';

/** A bench's figures as it printed them; undefined where the folder has none. */
async function figures(name: string) {
  const file = join(folder, `${name}.json`);
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined;
}

/** Replaces what stands in a file between the marks `<!-- bench:NAME -->` and `<!-- /bench:NAME -->`. */
async function write(path: string, name: string, text: string): Promise<void> {
  const file = join(root, path);
  const [opening, closing] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const [before, rest] = (await readFile(file, 'utf8')).split(opening);
  const after = rest?.split(closing)[1];
  if (before === undefined || after === undefined) throw new Error(`${path} lacks the marks of ${name}.`);
  await writeFile(file, `${before}${opening}\n${text}\n${closing}${after}`);
}

/** What is written where; each from the figures of the bench that is named. */
const places = [
  ['docs/benchmarks.md', 'gateway', 'gateway', gatewayText],
  ['docs/benchmarks.md', 'scoring', 'scoring', scoringText],
  ['docs/benchmarks.md', 'training', 'training', trainingText],
  ['docs/benchmarks.md', 'feedback', 'feedback', feedbackText],
  ['docs/benchmarks.md', 'review', 'review', reviewText],
  ['docs/benchmarks.md', 'chat', 'chat', chatText],
  ['docs/benchmarks.md', 'quality', 'quality', qualityText],
  ['models/minilm-static-256/README.md', 'quality', 'quality', embedderText('static')],
  ['models/all-MiniLM-L6-v2/README.md', 'quality', 'quality', embedderText('minilm')],
  ['demo/README.md', 'mappings', 'quality', mappingText],
] as const;

for (const [path, mark, name, textOf] of places) {
  const result = await figures(name);
  if (result !== undefined) await write(path, mark, textOf(result));
}
const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
await write('docs/benchmarks.md', 'machine', machine);
