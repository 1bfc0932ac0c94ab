import type { Embedder } from '../embed/embedder.ts';
import { denseFeatures, type RawFeatures, rawFeatures } from '../features/raw-features.ts';
import { learnRarity, type WordRarity } from '../features/word-rarity.ts';
import type { Item, ItemSet } from './items.ts';
import { sharedReading } from './shared-reading.ts';

/** Items with what was read of their texts: the expensive part of training, done once. */
export interface PreparedSet extends ItemSet {
  raw: RawFeatures[];
}

/** A prepared set with word rarities and the features that depend on them. */
export interface DenseSet extends PreparedSet {
  rarity: WordRarity;
  dense: number[][];
}

/** Queries read at the same time: enough to keep the threads of an embedder busy, few enough for the memory. */
const AT_ONCE = 4;

/** Reads every text of a set once, query by query, so that token vectors need not be kept. */
export async function prepare(set: ItemSet, embedder: Embedder): Promise<PreparedSet> {
  const raw: RawFeatures[] = new Array(set.items.length);
  const answers = set.items.map(({ response }) => response);
  const reading = sharedReading(embedder, answers);
  const chunks = byQuery(set.items).flatMap(inChunks).values();
  const readChunks = async () => {
    for (const rows of chunks) {
      const responses = rows.map((row) => answers[row]!);
      const features = await rawFeatures(set.items[rows[0]!]!.query, responses, reading);
      rows.forEach((row, index) => {
        raw[row] = features[index]!;
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, readChunks));
  return { ...set, raw };
}

/** Learns word rarities from the texts of a set (never from its labels). */
export function densify(set: PreparedSet): DenseSet {
  const rarity = learnRarity(set.raw.map(({ words }) => words));
  return { ...set, rarity, dense: denseFeatures(set.raw, rarity) };
}

/** The part of a prepared set for which `keep` holds; comparisons stay where both sides do. */
export function subset(set: PreparedSet, keep: (row: number) => boolean): PreparedSet {
  const rows = set.items.flatMap((_, row) => (keep(row) ? [row] : []));
  const position = new Map(rows.map((row, index) => [row, index]));
  const comparisons = set.comparisons.flatMap(({ better, worse, strength }) => {
    const [b, w] = [position.get(better), position.get(worse)];
    return b === undefined || w === undefined ? [] : [{ better: b, worse: w, strength }];
  });
  return {
    ...set,
    items: rows.map((row) => set.items[row]!),
    raw: rows.map((row) => set.raw[row]!),
    comparisons,
  };
}

/** A query with thousands of answers must not hold all of their token vectors at once. */
function inChunks(rows: number[]): number[][] {
  const size = 16;
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, k) =>
    rows.slice(k * size, (k + 1) * size),
  );
}

function byQuery(items: readonly Item[]): number[][] {
  return [...Map.groupBy(items.keys(), (row) => items[row]!.group).values()];
}
