import { join } from 'node:path';
import { RewardError } from '../errors.ts';
import type { Embedder, Encoding } from './embedder.ts';
import { openTensor } from './safetensors.ts';
import { loadTokenizer } from './tokenizer.ts';
import { normalise, sumOf } from './vectors.ts';
import { readWeights, weightsId } from './weights.ts';

/** As in the reference that made `parity.json`. */
const TOKEN_LIMIT = 512;

/**
 * Dimensions of the token vectors. The table's columns are principal components, so the first carry most: comparing
 * tokens by 96 of 256 changed no measured ranking and takes a third of the time.
 */
const TOKEN_DIMENSIONS = 96;

/** One word piece of the vocabulary. */
interface TokenRow {
  /** What is summed into a text's vector. */
  row: Float32Array;
  /** Leading columns of the row, scaled to length 1, and the length they had: how informative the token is. */
  leading: Float32Array;
  weight: number;
}

interface TokenTable {
  dimensions: number;
  of(id: number): TokenRow;
}

/**
 * Loads a static embedder (model2vec format): a text is the mean of its tokens' rows, scaled to length 1. Unknown
 * tokens are dropped; the first 512 tokens count; a text without tokens is the zero vector.
 *
 * @param directory holds `model.safetensors` with an `embeddings` matrix and `tokenizer.json`
 * @throws RewardError `model_damaged`
 */
export async function loadStaticEmbedder(directory: string): Promise<Embedder> {
  const file = join(directory, 'model.safetensors');
  const table = tokenTable(await readWeights(file));
  const id = await weightsId('minilm-static-256', file);
  const tokenizer = await loadTokenizer(directory);
  const unknown = tokenizer.idOf('[UNK]');
  const encodeOne = (text: string) =>
    encodeIds(
      tokenizer.ids(text, TOKEN_LIMIT).filter((id) => id !== unknown),
      table,
    );
  return {
    id,
    dimensions: table.dimensions,
    embed: async (texts) => texts.map((text) => encodeOne(text).vector),
    encode: async (texts) => texts.map(encodeOne),
    close: async () => {},
  };
}

/** Rows are decoded when a text first has them: most of a vocabulary is never met, and all of it is 40 megabytes. */
function tokenTable(file: Uint8Array): TokenTable {
  const tensor = openTensor(file, 'embeddings');
  const [count, dimensions] = tensor.shape;
  if (tensor.shape.length !== 2 || count === undefined || dimensions === undefined)
    throw new RewardError('model_damaged', 'A static embedder needs a matrix of embeddings.');
  const decode = (id: number): TokenRow => {
    const row = tensor.read(id * dimensions, (id + 1) * dimensions);
    const leading = row.slice(0, TOKEN_DIMENSIONS);
    return { row, leading, weight: normalise(leading) };
  };
  const known = new Array<TokenRow | undefined>(count);
  return {
    dimensions,
    of: (id) => {
      const row = known[id] ?? decode(id);
      known[id] = row;
      return row;
    },
  };
}

function encodeIds(ids: number[], table: TokenTable): Encoding {
  const rows = ids.map((id) => table.of(id));
  const vector = sumOf(
    rows.map(({ row }) => row),
    table.dimensions,
  );
  normalise(vector);
  return {
    vector,
    ids,
    tokens: rows.map(({ leading }) => leading),
    weights: rows.map(({ weight }) => weight),
  };
}
