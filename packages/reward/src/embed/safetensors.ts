import { z } from 'zod';
import { RewardError } from '../errors.ts';
import { decodeFloat16 } from './float16.ts';

/** A matrix or vector read from a safetensors file, in row-major order. */
export interface Tensor {
  shape: number[];
  values: Float32Array;
}

const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});

/**
 * Reads one tensor of a safetensors file: eight bytes of header length (little endian), a JSON header, then raw data
 * (github.com/huggingface/safetensors, "Format"). F16 and F32 are understood.
 * @throws RewardError `model_damaged` on anything else
 */
export function readTensor(file: Uint8Array, name: string): Tensor {
  const { header, data } = parseHeader(file);
  const entry = entrySchema.safeParse(header[name]);
  if (!entry.success) throw damaged(`no tensor "${name}"`);
  const { dtype, shape, data_offsets } = entry.data;
  const bytes = data.subarray(...data_offsets);
  const values = decode(dtype, bytes);
  if (values.length !== shape.reduce((product, size) => product * size, 1)) throw damaged('data cut short');
  return { shape, values };
}

function parseHeader(file: Uint8Array): { header: Record<string, unknown>; data: Uint8Array } {
  if (file.length < 8) throw damaged('shorter than its header');
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (length > file.length - 8) throw damaged('shorter than its header');
  const text = new TextDecoder().decode(file.subarray(8, 8 + length));
  try {
    return {
      header: z.record(z.string(), z.unknown()).parse(JSON.parse(text)),
      data: file.subarray(8 + length),
    };
  } catch (cause) {
    throw damaged('header is not JSON', cause);
  }
}

function decode(dtype: string, bytes: Uint8Array): Float32Array {
  if (dtype === 'F16') return decodeFloat16(bytes);
  // A fresh copy, because Float32Array needs an offset divisible by four (and a Buffer's slice is no copy).
  if (dtype === 'F32') return new Float32Array(Uint8Array.from(bytes).buffer, 0, bytes.length >> 2);
  throw damaged(`type ${dtype} is not read here`);
}

function damaged(what: string, cause?: unknown): RewardError {
  return new RewardError('model_damaged', `The safetensors file is not readable: ${what}.`, { cause });
}
