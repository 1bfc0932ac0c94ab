import { join } from 'node:path';
import { RewardError } from '../errors.ts';
import type { Embedder, Encoding } from './embedder.ts';
import { readTensor } from './safetensors.ts';
import { loadTokenizer } from './tokenizer.ts';
import { add, normalise } from './vectors.ts';
import { readWeights, weightsId } from './weights.ts';

/** As in the reference that made `parity.json`. */
const TOKEN_LIMIT = 512;

/**
 * Dimensions of the token vectors. The table's columns are principal components, so the first carry most: comparing
 * tokens by 96 of 256 changed no measured ranking and takes a third of the time.
 */
const TOKEN_DIMENSIONS = 96;

/** The vocabulary. */
interface TokenTable {
  dimensions: number;
  /** What is summed into a text's vector. */
  rows: Float32Array[];
  /** Leading columns of the rows, scaled to length 1, and the lengths they had: how informative a token is. */
  leading: Float32Array[];
  weights: Float32Array;
}

/**
 * Loads a static embedder (model2vec format): a text is the mean of its tokens' rows, scaled to length 1. Unknown
 * tokens are dropped; the first 512 tokens count; a text without tokens is the zero vector.
 *
 * @param directory holds `model.safetensors` with an `embeddings` matrix and `tokenizer.json`
 * @throws RewardError `model_damaged`
 */
export async function loadStaticEmbedder(directory: string): Promise<Embedder> {
  const file = await readWeights(join(directory, 'model.safetensors'));
  const table = tokenTable(file);
  const tokenizer = await loadTokenizer(directory);
  const unknown = tokenizer.idOf('[UNK]');
  const encodeOne = (text: string) =>
    encodeIds(
      tokenizer.ids(text, TOKEN_LIMIT).filter((id) => id !== unknown),
      table,
    );
  return {
    id: weightsId('minilm-static-256', file),
    dimensions: table.dimensions,
    embed: async (texts) => texts.map((text) => encodeOne(text).vector),
    encode: async (texts) => texts.map(encodeOne),
    close: async () => {},
  };
}

function tokenTable(file: Uint8Array): TokenTable {
  const { shape, values } = readTensor(file, 'embeddings');
  const [count, dimensions] = shape;
  if (shape.length !== 2 || count === undefined || dimensions === undefined)
    throw new RewardError('model_damaged', 'A static embedder needs a matrix of embeddings.');
  const rows = Array.from({ length: count }, (_, id) =>
    values.subarray(id * dimensions, (id + 1) * dimensions),
  );
  const width = Math.min(TOKEN_DIMENSIONS, dimensions);
  const packed = new Float32Array(count * width);
  const leading = rows.map((row, id) => {
    const head = packed.subarray(id * width, (id + 1) * width);
    head.set(row.subarray(0, width));
    return head;
  });
  return { dimensions, rows, leading, weights: Float32Array.from(leading, normalise) };
}

function encodeIds(ids: number[], { dimensions, rows, leading, weights }: TokenTable): Encoding {
  const vector = new Float32Array(dimensions);
  for (const id of ids) add(vector, rows[id]!);
  normalise(vector);
  return { vector, ids, tokens: ids.map((id) => leading[id]!), weights: ids.map((id) => weights[id]!) };
}
