import { join } from 'node:path';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { RewardError } from '../errors.ts';
import type { Embedder, Encoding } from './embedder.ts';
import { nativeWork } from './native-work.ts';
import { threadedEmbedder } from './threaded-embedder.ts';
import { loadTokenizer, type TextTokenizer } from './tokenizer.ts';
import { normalise } from './vectors.ts';
import { weightsId } from './weights.ts';

/** sentence-transformers' limit for this model. */
const MODEL_WINDOW = 256;

type Onnx = typeof import('onnxruntime-node');

/** How a MiniLM embedder runs. */
export interface MiniLmOptions {
  /** Tokens that `encode` reads of each text, special ones included; default 96, at most 256. */
  encodedTokens?: number;
  /**
   * Texts read at the same time. Default 1: in the calling thread, one after the other. More have threads of their own
   * with a copy of the weights each, about 80 MB.
   */
  threads?: number;
}

/**
 * Loads all-MiniLM-L6-v2 in ONNX. Each text runs alone: activations are quantised per tensor, so that batch mates
 * would change a text's values. Running on one thread is synchronous under the hood; keep the embedder in a worker.
 *
 * @param directory holds the graph and `tokenizer.json`
 * @throws RewardError `model_damaged`
 */
export async function loadMiniLmEmbedder(directory: string, options: MiniLmOptions = {}): Promise<Embedder> {
  const encodedTokens = Math.min(MODEL_WINDOW, options.encodedTokens ?? 96);
  const threads = options.threads ?? 1;
  if (threads > 1) return await threadedEmbedder({ directory, encodedTokens }, threads);
  const file = join(directory, 'model_int8.onnx');
  const id = await weightsId('all-MiniLM-L6-v2', file);
  const tokenizer = await loadTokenizer(directory);
  // Loaded on use: the library takes memory and time, which the static embedder does without.
  const onnx = await nativeWork(() => import('onnxruntime-node'));
  const session = await openSession(onnx, file);
  const encodeOne = miniLmEncoder(onnx, session, tokenizer);
  const encodeAll = async (texts: readonly string[], limit: number) => {
    const encodings: Encoding[] = [];
    for (const text of texts) encodings.push(await encodeOne(text, limit));
    return encodings;
  };
  return {
    // Reading more of a text changes what is read from it, so the window is part of the name.
    id: `${id}/${encodedTokens}`,
    dimensions: 384,
    encode: (texts) => encodeAll(texts, encodedTokens),
    embed: async (texts) => (await encodeAll(texts, MODEL_WINDOW)).map(({ vector }) => vector),
    close: () => nativeWork(() => session.release()),
  };
}

async function openSession({ InferenceSession }: Onnx, file: string): Promise<InferenceSession> {
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, graphOptimizationLevel: 'all' } as const;
  try {
    return await nativeWork(() => InferenceSession.create(file, options));
  } catch (cause) {
    throw new RewardError('model_damaged', 'The ONNX model cannot be loaded.', { cause });
  }
}

function miniLmEncoder(onnx: Onnx, session: InferenceSession, tokenizer: TextTokenizer) {
  const [first, last] = [tokenizer.idOf('[CLS]'), tokenizer.idOf('[SEP]')];
  return async (text: string, limit: number): Promise<Encoding> => {
    const ids = [first, ...tokenizer.ids(text, limit - 2), last];
    const output = await nativeWork(() => session.run(feeds(onnx, ids)));
    const vector = floats(output.sentence_embedding).slice();
    normalise(vector);
    const tokens = innerRows(floats(output.last_hidden_state).slice(), vector.length);
    return { vector, tokens, weights: tokens.map(normalise), ids: ids.slice(1, -1) };
  };
}

function feeds({ Tensor }: Onnx, ids: number[]): Record<string, Tensor> {
  const row = (values: bigint[]) => new Tensor('int64', BigInt64Array.from(values), [1, ids.length]);
  return {
    input_ids: row(ids.map(BigInt)),
    attention_mask: row(ids.map(() => 1n)),
    token_type_ids: row(ids.map(() => 0n)),
  };
}

/** Rows of all tokens but the first and the last, which are special. */
function innerRows(values: Float32Array, width: number): Float32Array[] {
  const count = values.length / width - 2;
  return Array.from({ length: count }, (_, row) => values.subarray((row + 1) * width, (row + 2) * width));
}

function floats(tensor: Tensor | undefined): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data;
  throw new RewardError('model_damaged', 'The ONNX model lacks an expected output.');
}
