import { createHash } from 'node:crypto';
import { z } from 'zod';
import { RewardError } from '../errors.ts';
import { DIMENSIONS } from '../train/samples.ts';

/*
 * The file: "ATTUNECE", version (u32), header length (u32), header (JSON), tokenizer (JSON), ONNX graph, SHA-256 of all
 * before it. Little endian. The trainer writes it: trainer/attune_trainer/scoring_file.py.
 */
const MAGIC = 'ATTUNECE';
const VERSION = 1;
const PREFIX = 16;
const DIGEST = 32;

const Header = z.object({
  max_length: z.number().int().min(8),
  /** Heads behind the overall one, in order. */
  dimensions: z.array(z.enum(DIMENSIONS)),
  /** score = σ(slope · logit + intercept). */
  calibration: z.object({ slope: z.number(), intercept: z.number() }),
  layout: z.object({
    begin: z.number().int(),
    separator: z.number().int(),
    /** Special tokens, which a text that spells them out does not get. */
    left_out: z.array(z.number().int()),
    /** Of the room, what a question may keep however long the answer is. */
    query_share: z.number().min(0).max(1),
  }),
  tokenizer_bytes: z.number().int().positive(),
  graph_bytes: z.number().int().positive(),
});

/** A cross-encoder as the trainer exports it. */
export interface ScoringFile extends Omit<z.infer<typeof Header>, 'tokenizer_bytes' | 'graph_bytes'> {
  readonly tokenizer: object;
  readonly graph: Uint8Array;
}

/** Whether a model's file is a cross-encoder's. */
export function isScoringFile(file: Uint8Array): boolean {
  return Buffer.from(file.buffer, file.byteOffset, Math.min(8, file.byteLength)).toString('latin1') === MAGIC;
}

/** @throws RewardError `model_damaged`, `model_version_unknown` */
export function readScoringFile(file: Uint8Array): ScoringFile {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < PREFIX + DIGEST || !isScoringFile(file)) throw damaged('it is not a cross-encoder');
  const version = bytes.readUInt32LE(8);
  if (version !== VERSION)
    throw new RewardError(
      'model_version_unknown',
      `The model file has format version ${version}; this release reads version ${VERSION}.`,
    );
  const content = bytes.subarray(0, -DIGEST);
  if (!createHash('sha256').update(content).digest().equals(bytes.subarray(-DIGEST)))
    throw damaged('its checksum does not match');
  const start = PREFIX + bytes.readUInt32LE(12);
  const header = Header.safeParse(JSON.parse(content.toString('utf8', PREFIX, start)));
  if (!header.success) throw damaged('its header is incomplete');
  const { tokenizer_bytes, graph_bytes, ...config } = header.data;
  if (start + tokenizer_bytes + graph_bytes !== content.length) throw damaged('a part is missing');
  return {
    ...config,
    tokenizer: JSON.parse(content.toString('utf8', start, start + tokenizer_bytes)),
    graph: content.subarray(start + tokenizer_bytes),
  };
}

function damaged(what: string): RewardError {
  return new RewardError('model_damaged', `The model file is not readable: ${what}. Restore or retrain it.`);
}
