import { z } from 'zod';
import { RewardError } from '../errors.ts';
import { decodeFloat16 } from './float16.ts';

/** A matrix or vector in a safetensors file, in row-major order. It stays as it lies there until it is read. */
export interface Tensor {
  shape: number[];
  /** The values from `start` up to `end`, as a fresh array. */
  read(start: number, end: number): Float32Array;
}

const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});

/** Bytes per value and how to decode them, by the format's names of types. */
const TYPES: ReadonlyMap<string, { size: number; decode: (bytes: Uint8Array) => Float32Array }> = new Map([
  ['F16', { size: 2, decode: decodeFloat16 }],
  ['F32', { size: 4, decode: decodeFloat32 }],
]);

/**
 * Opens one tensor of a safetensors file: eight bytes of header length (little endian), a JSON header, then raw data
 * (github.com/huggingface/safetensors, "Format"). F16 and F32 are understood.
 * @throws RewardError `model_damaged` on anything else
 */
export function openTensor(file: Uint8Array, name: string): Tensor {
  const { header, data } = parseHeader(file);
  const entry = entrySchema.safeParse(header[name]);
  if (!entry.success) throw damaged(`no tensor "${name}"`);
  const { dtype, shape, data_offsets } = entry.data;
  const bytes = data.subarray(...data_offsets);
  const type = TYPES.get(dtype);
  if (type === undefined) throw damaged(`type ${dtype} is not read here`);
  const { size, decode } = type;
  if (bytes.length !== size * shape.reduce((product, length) => product * length, 1))
    throw damaged('data cut short');
  return { shape, read: (start, end) => decode(bytes.subarray(start * size, end * size)) };
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

/** A fresh copy, because Float32Array needs an offset divisible by four (and a Buffer's slice is no copy). */
function decodeFloat32(bytes: Uint8Array): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

function damaged(what: string, cause?: unknown): RewardError {
  return new RewardError('model_damaged', `The safetensors file is not readable: ${what}.`, { cause });
}
