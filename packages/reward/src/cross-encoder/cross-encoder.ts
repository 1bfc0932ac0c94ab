import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { nativeWork } from '../embed/native-work.ts';
import { RewardError } from '../errors.ts';
import type { RewardScorer } from '../model/reward-scorer.ts';
import type { Score } from '../model/score.ts';
import { sigmoid } from '../solve/logistic-regression.ts';
import { rowReader } from './row-reader.ts';
import { readScoringFile, type ScoringFile } from './scoring-file.ts';

/**
 * A cross-encoder or decoder that the trainer made. Each answer runs alone: activations of 8-bit models are quantised per tensor,
 * so that batch mates would change an answer's score. Running is synchronous under the hood; keep it in a worker.
 * @throws RewardError `model_damaged`, `model_version_unknown`
 */
export async function loadScoringFile(file: Uint8Array): Promise<RewardScorer> {
  const model = readScoringFile(file);
  const rowsOf = rowReader(model);
  const onnx = await nativeWork(() => import('onnxruntime-node'));
  const session = await nativeWork(() => openSession(onnx, model.graph));
  const logitsOf = async (row: readonly number[]) => {
    const shape = [1, row.length];
    const input_ids = new onnx.Tensor('int64', BigInt64Array.from(row.map(BigInt)), shape);
    const attention_mask = new onnx.Tensor('int64', new BigInt64Array(row.length).fill(1n), shape);
    const { logits } = await nativeWork(() => session.run({ input_ids, attention_mask }));
    return floats(logits);
  };
  return {
    score: async ({ query, context = '' }, responses) => {
      const rowOf = rowsOf({ query, context });
      const scores: Score[] = [];
      for (const response of responses) scores.push(scoreOf(await logitsOf(rowOf(response)), model));
      return scores;
    },
    close: () => nativeWork(() => session.release()),
  };
}

type Onnx = typeof import('onnxruntime-node');

async function openSession({ InferenceSession }: Onnx, graph: Uint8Array): Promise<InferenceSession> {
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, graphOptimizationLevel: 'all' } as const;
  try {
    return await InferenceSession.create(graph, options);
  } catch (cause) {
    throw new RewardError('model_damaged', 'The ONNX model cannot be loaded.', { cause });
  }
}

function scoreOf(logits: Float32Array, { calibration, dimensions }: ScoringFile): Score {
  const logit = calibration.slope * (logits[0] ?? Number.NaN) + calibration.intercept;
  const score: Score = { reward: sigmoid(logit), logit };
  if (dimensions.length === 0) return score;
  const own = dimensions.map((name, at) => [name, sigmoid(logits[at + 1] ?? Number.NaN)] as const);
  return { ...score, dimensions: Object.fromEntries(own) };
}

function floats(tensor: Tensor | undefined): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data;
  throw new RewardError('model_damaged', 'The ONNX model lacks an expected output.');
}
