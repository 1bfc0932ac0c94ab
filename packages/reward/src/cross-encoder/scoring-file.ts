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

const common = {
  max_length: z.number().int().min(8),
  /** Heads behind the overall one, in order. */
  dimensions: z.array(z.enum(DIMENSIONS)),
  /** score = σ(slope · logit + intercept). */
  calibration: z.object({ slope: z.number(), intercept: z.number() }),
  tokenizer_bytes: z.number().int().positive(),
  graph_bytes: z.number().int().positive(),
};

/** Reads `[CLS] context [SEP] query [SEP] response [SEP]`. */
const CrossEncoder = z.object({
  ...common,
  architecture: z.literal('cross_encoder'),
  layout: z.object({
    begin: z.number().int(),
    separator: z.number().int(),
    /** Special tokens, which a text that spells them out does not get. */
    left_out: z.array(z.number().int()),
    /** Of the room, what a question may keep however long the answer is. */
    query_share: z.number().min(0).max(1),
  }),
});

/** Reads one text: what stands before, between and behind question and answer. */
const Decoder = z.object({
  ...common,
  architecture: z.literal('decoder'),
  frame: z.object({
    before: z.string(),
    between: z.string(),
    behind: z.string(),
    /**
     * What stands behind an earlier question, and behind the answer to it. Null where what was said before is part of the
     * question's text: without a chat template, and in files from before turns were read as turns.
     */
    earlier: z.object({ between: z.string(), behind: z.string() }).nullable().default(null),
    /** Whether texts lose the space around them. */
    trimmed: z.boolean(),
    /** Whether the tokenizer adds its own around the whole text. */
    special_tokens: z.boolean(),
    /** Token that a row ends with. */
    end: z.number().int(),
    /** Texts with the rows that training made of them. */
    probes: z.array(
      z.object({
        context: z.string(),
        query: z.string(),
        response: z.string(),
        ids: z.array(z.number().int()),
      }),
    ),
  }),
});

const Header = z.discriminatedUnion('architecture', [CrossEncoder, Decoder]);

interface Parts {
  readonly tokenizer: object;
  readonly graph: Uint8Array;
}
export type CrossEncoderFile = z.infer<typeof CrossEncoder> & Parts;
export type DecoderFile = z.infer<typeof Decoder> & Parts;

/** A reward model as the trainer exports it. */
export type ScoringFile = CrossEncoderFile | DecoderFile;

/** Whether a model's file is one that the trainer exported. */
export function isScoringFile(file: Uint8Array): boolean {
  return Buffer.from(file.buffer, file.byteOffset, Math.min(8, file.byteLength)).toString('latin1') === MAGIC;
}

/** @throws RewardError `model_damaged`, `model_version_unknown` */
export function readScoringFile(file: Uint8Array): ScoringFile {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < PREFIX + DIGEST || !isScoringFile(file))
    throw damaged('it is not a model of the trainer');
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
  const { tokenizer_bytes, graph_bytes } = header.data;
  if (start + tokenizer_bytes + graph_bytes !== content.length) throw damaged('a part is missing');
  return {
    ...header.data,
    tokenizer: JSON.parse(content.toString('utf8', start, start + tokenizer_bytes)),
    graph: content.subarray(start + tokenizer_bytes),
  };
}

function damaged(what: string): RewardError {
  return new RewardError('model_damaged', `The model file is not readable: ${what}. Restore or retrain it.`);
}
