import { createHash } from 'node:crypto';

/** The three texts that make a pair. */
export interface PairTexts {
  readonly query: string;
  readonly chosen: string;
  readonly rejected: string;
}

/** The same for pairs of the same texts, whoever made them: SHA-256 in hexadecimal. */
export function pairKey({ query, chosen, rejected }: PairTexts): string {
  return createHash('sha256')
    .update(JSON.stringify([query, chosen, rejected]))
    .digest('hex');
}
