/** What reward models cost and what they are worth. */
import type { EmbedderName } from '@attune/reward';
import { aimsText } from '../aims.ts';
import type { QualityResult, QualityRow } from '../quality.ts';
import type { ScoringResult } from '../scoring.ts';
import type { TrainingResult } from '../training.ts';
import { shown, table, times } from './table.ts';

export function scoringText({ rows, left_out }: ScoringResult): string {
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

export function trainingText(result: TrainingResult): string {
  const { rows, memory, left_out } = result;
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
    ...trainerText(result),
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

/** What the trainer makes, and how fast it is; nothing where it was not measured. */
function trainerText({ cross_encoder, beside_trl }: TrainingResult): string[] {
  if (cross_encoder.length === 0) return [];
  const scored = cross_encoder.map(({ tokens, weights, threads, alone, per_second }) => [
    tokens,
    weights,
    alone.p50_ms,
    alone.p95_ms,
    threads,
    per_second,
  ]);
  const megabytes = (bytes: number) => Math.round(bytes / 1e6);
  const beside = beside_trl.map((one) => [
    `${one.recipe}, ${one.model}`,
    one.attune_steps_per_second.toFixed(2),
    one.trl_steps_per_second.toFixed(2),
    one.speed_ratio.toFixed(2),
    megabytes(one.attune_peak_bytes),
    megabytes(one.trl_peak_bytes),
    one.memory_ratio.toFixed(2),
  ]);
  return [
    "A cross-encoder of MiniLM's size in the server's scoring threads, distinct texts:",
    table(['tokens', 'weights', 'p50 ms', 'p95 ms', 'threads', 'candidates per second'], scored),
    'The trainer beside TRL on the same batches, a processor each, processor time:',
    table(['', 'Attune steps/s', 'TRL steps/s', 'ratio', 'Attune peak MB', 'TRL peak MB', 'ratio'], beside),
  ];
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

export function qualityText({ corpus, folds, rows, baselines }: QualityResult): string {
  return `${corpus.questions} questions, ${corpus.answers} answers, ${corpus.ratings} ratings; ${folds} folds by question, so that every answer is scored by a
model that never saw its question. In brackets 95 % intervals over questions. Mean rating is that of the answer with the
highest reward; the gap is that from a random answer to the best; length is the rank correlation of reward and length.

${qualityRows(rows)}

Without a model: a random answer ${shown(baselines.random)}, the longest ${shown(baselines.longest)}, the best ${shown(baselines.oracle)}. The longer answer
wins ${shown(baselines.length_pair_accuracy, 3)} of the pairs, length has an AUC of ${shown(baselines.length_auc, 3)}.`;
}

export function embedderText(embedder: EmbedderName): (result: QualityResult) => string {
  return ({ rows }) => qualityRows(rows.filter((row) => row.embedder === embedder));
}

export function mappingText({ mappings }: QualityResult): string {
  const heading = ['mapping', 'random answer', 'longest answer', 'best answer'];
  const cells = mappings.map(({ stars, random, longest, oracle }) => [
    stars,
    ...[random, longest, oracle].map((estimate) => shown(estimate)),
  ]);
  return table(heading, cells);
}
