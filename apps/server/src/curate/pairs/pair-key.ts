import { createHash } from 'node:crypto';

/** The texts that make a pair. */
export interface PairTexts {
  readonly query: string;
  readonly context?: string | undefined;
  readonly chosen: string;
  readonly rejected: string;
}

/**
 * The same for pairs of the same texts, whoever made them: SHA-256 in hexadecimal. Without a context it is the key of
 * pairs that were stored before there were any.
 */
export function pairKey({ query, context, chosen, rejected }: PairTexts): string {
  return createHash('sha256')
    .update(JSON.stringify([query, chosen, rejected, ...(context ? [context] : [])]))
    .digest('hex');
}
