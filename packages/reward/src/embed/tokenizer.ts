import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { RewardError } from '../errors.ts';

/** Text to token ids, without special tokens, at most `limit` of them. */
export interface TextTokenizer {
  ids(text: string, limit: number): number[];
  idOf(token: string): number;
}

/** Few texts take more characters per token; with it the work per text is bounded. */
const CHARACTERS_PER_TOKEN = 32;

/** Words kept with their ids. Words repeat so much that nearly all of a text comes from here. */
const CACHED_WORDS = 50_000;

/**
 * Loads `tokenizer.json` of a folder (BERT's WordPiece). Truncation and padding named in it are ignored: callers say
 * how much they read.
 * @throws RewardError `model_damaged` when the file is missing or not a tokenizer
 */
export async function loadTokenizer(directory: string): Promise<TextTokenizer> {
  const tokenizer = await readTokenizer(join(directory, 'tokenizer.json'));
  const wordIds = cached((word) => tokenizer.encode(word, { add_special_tokens: false }).ids);
  return {
    ids: (text, limit) => collectIds(text.slice(0, limit * CHARACTERS_PER_TOKEN), limit, wordIds),
    idOf: (token) => {
      const id = tokenizer.token_to_id(token);
      if (id === undefined) throw new RewardError('model_damaged', `The tokenizer has no ${token}.`);
      return id;
    },
  };
}

async function readTokenizer(path: string): Promise<Tokenizer> {
  try {
    return new Tokenizer(JSON.parse(await readFile(path, 'utf8')), {});
  } catch (cause) {
    throw new RewardError('model_damaged', `The tokenizer ${path} is missing or damaged.`, { cause });
  }
}

/** BERT never joins across white space, so words between these can be looked up one by one. */
function collectIds(text: string, limit: number, wordIds: (word: string) => number[]): number[] {
  const ids: number[] = [];
  for (const word of text.split(/[ \t\r\n]+/)) {
    if (word === '') continue;
    for (const id of wordIds(word)) {
      if (ids.length === limit) return ids;
      ids.push(id);
    }
  }
  return ids;
}

function cached(compute: (word: string) => number[]): (word: string) => number[] {
  const known = new Map<string, number[]>();
  return (word) => {
    const hit = known.get(word);
    if (hit !== undefined) return hit;
    const ids = compute(word);
    if (known.size >= CACHED_WORDS) known.clear();
    if (word.length < 64) known.set(word, ids);
    return ids;
  };
}
