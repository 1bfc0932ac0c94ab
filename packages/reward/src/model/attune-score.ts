import { dot } from '../embed/vectors.ts';
import { designMatrix } from '../features/design.ts';
import type { RawFeatures } from '../features/raw-features.ts';
import { sigmoid } from '../solve/logistic-regression.ts';
import { type Matrix, rowOf } from '../solve/matrix.ts';
import type { AttuneParameters, Head } from './linear-model.ts';
import type { Score } from './score.ts';

/** Scores answers whose texts have been read already; one score per row, in order. */
export function scoreRaw({ layout, heads }: AttuneParameters, raw: readonly RawFeatures[]): Score[] {
  const rows = designMatrix(raw, layout);
  const scores = headLogits(rows, heads.get('overall')!).map(scoreOf);
  for (const [name, head] of heads) {
    if (name === 'overall') continue;
    headLogits(rows, head).forEach((logit, row) => {
      const score = scores[row]!;
      score.dimensions = { ...score.dimensions, [name]: sigmoid(logit) };
    });
  }
  return scores;
}

/** A score from its log-odds. */
export function scoreOf(logit: number): Score {
  return { reward: sigmoid(logit), logit };
}

/** `weights · row + bias` for every row. */
export function headLogits(rows: Matrix, { weights, bias }: Head): number[] {
  return Array.from({ length: rows.rows }, (_, row) => dot(rowOf(rows, row), weights) + bias);
}
