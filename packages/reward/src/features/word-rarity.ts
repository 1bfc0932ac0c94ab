/** Document frequencies are kept per bucket of the word hash: small, fixed size, any language. */
export const RARITY_BUCKETS = 8192;
/** Inverse document frequencies are stored in steps of 1/24; 255 steps reach past a million documents. */
const STEPS = 24;

/**
 * How rare words are: smoothed inverse document frequency, ln((1 + n) / (1 + df)) + 1 (Salton and Buckley 1988, in
 * scikit-learn's smoothing). A word never seen counts as the rarest.
 */
export interface WordRarity {
  of(wordHash: number): number;
  /** One byte per bucket, for the model file. */
  bytes: Uint8Array;
}

/** Counts in how many documents each word occurs. @param documents word hashes of each */
export function learnRarity(documents: Iterable<Uint32Array>): WordRarity {
  const frequency = new Uint32Array(RARITY_BUCKETS);
  let count = 0;
  for (const document of documents) {
    count++;
    for (const bucket of new Set(document.map((word) => word % RARITY_BUCKETS))) frequency[bucket]!++;
  }
  return rarityFromBytes(
    Uint8Array.from(frequency, (df) =>
      Math.min(255, Math.round(STEPS * (1 + Math.log((1 + count) / (1 + df))))),
    ),
  );
}

/** Restores what `bytes` saved. */
export function rarityFromBytes(bytes: Uint8Array): WordRarity {
  return { bytes, of: (wordHash) => bytes[wordHash % RARITY_BUCKETS]! / STEPS };
}
