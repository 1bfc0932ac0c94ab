import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Embedder } from '../embed/embedder.ts';
import { RewardError } from '../errors.ts';
import { designWidth } from '../features/design.ts';
import { DENSE_FEATURES } from '../features/raw-features.ts';
import { RARITY_BUCKETS, rarityFromBytes } from '../features/word-rarity.ts';
import type { HeadName } from '../train/items.ts';
import { DIMENSIONS } from '../train/samples.ts';
import type { Head, Parameters } from './linear-model.ts';
import type { ModelCard } from './model-card.ts';
import { type RewardModel, rewardModel } from './reward-model.ts';

/*
 * The file: "ATTUNERM", version (u32), header length (u32), header (JSON), float32 numbers, rarity bytes, SHA-256 of
 * all before it. Little endian. The header says how many numbers follow; the digest finds any damage.
 */
const MAGIC = 'ATTUNERM';
const VERSION = 1;
const PREFIX = 16;
const DIGEST = 32;

const headerSchema = z.object({
  recipe: z.enum(['plain', 'attune']),
  dimensions: z.number().int().positive(),
  interaction: z.number(),
  heads: z.array(z.object({ name: z.enum(['overall', ...DIMENSIONS]), bias: z.number() })).min(1),
  card: z.looseObject({ embedder: z.string() }),
});
type Header = z.infer<typeof headerSchema>;

/** One small file: tens of kilobytes. The same model always gives the same bytes. */
export function serialiseModel({ parameters, card }: RewardModel): Uint8Array {
  const header = Buffer.from(JSON.stringify(headerOf(parameters, card)));
  const prefix = Buffer.alloc(PREFIX);
  prefix.write(MAGIC, 'latin1');
  prefix.writeUInt32LE(VERSION, 8);
  prefix.writeUInt32LE(header.length, 12);
  const body = Buffer.concat([
    prefix,
    header,
    ...numbersOf(parameters).map(floatBytes),
    rarityOf(parameters),
  ]);
  return Buffer.concat([body, digest(body)]);
}

/** The card of a saved model, without an embedder. @throws RewardError as `parseModel` */
export function readModelCard(file: Uint8Array): ModelCard {
  return open(file).card;
}

/**
 * A model from its file, joined with its embedder.
 * @throws RewardError `model_damaged`, `model_version_unknown`, `embedder_mismatch`
 */
export function parseModel(file: Uint8Array, embedder: Embedder): RewardModel {
  const { header, card, body } = open(file);
  const numbers = numberReader(body);
  const parameters: Parameters =
    header.recipe === 'plain' ? readPlain(header, numbers) : readAttune(header, numbers);
  return rewardModel(parameters, card, embedder);
}

function headerOf(parameters: Parameters, card: ModelCard) {
  const heads: [HeadName, Head][] =
    parameters.recipe === 'plain' ? [['overall', parameters.head]] : [...parameters.heads];
  const width = heads[0]![1].weights.length;
  return {
    recipe: parameters.recipe,
    dimensions:
      parameters.recipe === 'plain' ? width : (width - designWidth(0)) / (designWidth(1) - designWidth(0)),
    interaction: parameters.recipe === 'plain' ? 0 : parameters.layout.interaction,
    heads: heads.map(([name, { bias }]) => ({ name, bias })),
    card,
  };
}

function numbersOf(parameters: Parameters): Float32Array[] {
  if (parameters.recipe === 'plain') return [parameters.head.weights];
  const { layout, heads } = parameters;
  return [layout.means, layout.scales, ...[...heads.values()].map(({ weights }) => weights)];
}

function rarityOf(parameters: Parameters): Uint8Array {
  return parameters.recipe === 'plain' ? new Uint8Array() : parameters.layout.rarity.bytes;
}

function floatBytes(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    bytes.writeFloatLE(value, i * 4);
  });
  return bytes;
}

function open(file: Uint8Array): { header: Header; card: ModelCard; body: Buffer } {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < PREFIX + DIGEST || bytes.toString('latin1', 0, 8) !== MAGIC)
    throw damaged('it is not a reward model');
  const version = bytes.readUInt32LE(8);
  if (version !== VERSION)
    throw new RewardError(
      'model_version_unknown',
      `The model file has format version ${version}; this release reads version ${VERSION}.`,
    );
  const content = bytes.subarray(0, -DIGEST);
  if (!digest(content).equals(bytes.subarray(-DIGEST))) throw damaged('its checksum does not match');
  const start = PREFIX + bytes.readUInt32LE(12);
  const json = JSON.parse(content.toString('utf8', PREFIX, start));
  const header = headerSchema.safeParse(json);
  if (!header.success) throw damaged('its header is incomplete');
  return { header: header.data, card: json.card, body: content.subarray(start) };
}

type NumberReader = { floats(count: number): Float32Array; bytes(count: number): Uint8Array };

function numberReader(body: Buffer): NumberReader {
  let at = 0;
  const bytes = (count: number): Uint8Array => {
    if (at + count > body.length) throw damaged('numbers are missing');
    at += count;
    return Uint8Array.from(body.subarray(at - count, at));
  };
  return { bytes, floats: (count) => new Float32Array(bytes(count * 4).buffer) };
}

function readPlain({ dimensions, heads }: Header, numbers: NumberReader): Parameters {
  return { recipe: 'plain', head: { weights: numbers.floats(dimensions), bias: heads[0]!.bias } };
}

function readAttune({ dimensions, heads, interaction }: Header, numbers: NumberReader): Parameters {
  const [means, scales] = [numbers.floats(DENSE_FEATURES.length), numbers.floats(DENSE_FEATURES.length)];
  const read = heads.map(({ name, bias }): [HeadName, Head] => [
    name,
    { weights: numbers.floats(designWidth(dimensions)), bias },
  ]);
  const rarity = rarityFromBytes(numbers.bytes(RARITY_BUCKETS));
  return { recipe: 'attune', layout: { means, scales, interaction, rarity }, heads: new Map(read) };
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function damaged(what: string): RewardError {
  return new RewardError('model_damaged', `The model file is not readable: ${what}. Restore or retrain it.`);
}
