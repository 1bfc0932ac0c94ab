import { createHash } from 'node:crypto';
import { z } from 'zod';
import { RewardError } from '../errors.ts';
import type { TwoLogits } from './choose-blend.ts';

/*
 * The file: "ATTUNEBL", version (u32), header length (u32), header (JSON), the two models' own files, SHA-256 of all
 * before it. Little endian.
 */
const MAGIC = 'ATTUNEBL';
const VERSION = 1;
const PREFIX = 16;
const DIGEST = 32;

const Header = z.object({
  coefficients: z.tuple([z.number(), z.number()]),
  intercept: z.number(),
  /** Length of each model's file. */
  bytes: z.tuple([z.number().int().positive(), z.number().int().positive()]),
});

/** Two models' files, and how their log-odds become one. */
export interface BlendFile {
  models: readonly [Uint8Array, Uint8Array];
  coefficients: TwoLogits;
  intercept: number;
}

/** Whether a model's file is a blend's. */
export function isBlendFile(file: Uint8Array): boolean {
  return Buffer.from(file.buffer, file.byteOffset, Math.min(8, file.byteLength)).toString('latin1') === MAGIC;
}

/** The same blend always gives the same bytes. */
export function serialiseBlend({ models, coefficients, intercept }: BlendFile): Uint8Array {
  const bytes = models.map(({ byteLength }) => byteLength);
  const header = Buffer.from(JSON.stringify({ coefficients, intercept, bytes }));
  const prefix = Buffer.alloc(PREFIX);
  prefix.write(MAGIC, 'latin1');
  prefix.writeUInt32LE(VERSION, 8);
  prefix.writeUInt32LE(header.length, 12);
  const content = Buffer.concat([prefix, header, ...models]);
  return Buffer.concat([content, digest(content)]);
}

/** @throws RewardError `model_damaged`, `model_version_unknown` */
export function readBlendFile(file: Uint8Array): BlendFile {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const blend = laidOut(bytes);
  if (!digest(bytes.subarray(0, -DIGEST)).equals(bytes.subarray(-DIGEST)))
    throw damaged('its checksum does not match');
  return blend;
}

/** The files of a blend's models, unchecked: hashing a large blend takes a while. @throws as `readBlendFile` */
export function blendedFiles(file: Uint8Array): BlendFile['models'] {
  return laidOut(Buffer.from(file.buffer, file.byteOffset, file.byteLength)).models;
}

function laidOut(bytes: Buffer): BlendFile {
  if (bytes.length < PREFIX + DIGEST || !isBlendFile(bytes)) throw damaged('it is not a blend');
  const version = bytes.readUInt32LE(8);
  if (version !== VERSION)
    throw new RewardError(
      'model_version_unknown',
      `The model file has format version ${version}; this release reads version ${VERSION}.`,
    );
  const content = bytes.subarray(0, -DIGEST);
  const start = PREFIX + bytes.readUInt32LE(12);
  const header = Header.safeParse(parsed(content.toString('utf8', PREFIX, start)));
  if (!header.success) throw damaged('its header is incomplete');
  const [first, second] = header.data.bytes;
  if (start + first + second !== content.length) throw damaged('a part is missing');
  const { coefficients, intercept } = header.data;
  const models = [content.subarray(start, start + first), content.subarray(start + first)] as const;
  return { models, coefficients, intercept };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new RewardError('model_damaged', 'The model file is not readable.', { cause });
  }
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function damaged(what: string): RewardError {
  return new RewardError(
    'model_damaged',
    `The model file is not readable: ${what}. Restore or make it again.`,
  );
}
