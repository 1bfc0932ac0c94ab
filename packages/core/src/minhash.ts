import { mix32 } from './hash.ts';
import { seededRandom } from './random.ts';

/** A set in `length` numbers; two signatures agree in each place with probability equal to the sets' Jaccard similarity. */
export type Signature = Uint32Array;

/** Makes MinHash signatures of hashed sets (Broder 1997), each place by a multiply-xor permutation of 32-bit numbers. */
export function minHasher(length: number, seed = 1): (members: Iterable<number>) => Signature {
  const random = seededRandom(seed);
  const masks = Uint32Array.from({ length }, () => random() * 2 ** 32);
  const factors = Uint32Array.from({ length }, () => (random() * 2 ** 32) | 1);
  return (members) => {
    const signature = new Uint32Array(length).fill(0xffffffff);
    for (const member of members) {
      const mixed = mix32(member);
      for (let place = 0; place < length; place++) {
        const value = Math.imul(mixed ^ masks[place]!, factors[place]!) >>> 0;
        if (value < signature[place]!) signature[place] = value;
      }
    }
    return signature;
  };
}

/** How a signature is cut: places per band and number of bands. */
export interface Banding {
  rows: number;
  bands: number;
}

/**
 * The cut of `length` places that meets pairs at the threshold at least 99 times in 100 with the fewest needless
 * meetings: the most rows with 1 − (1 − t^rows)^bands ≥ 0.99 (Leskovec, Rajaraman and Ullman, section 3.4.2).
 */
export function bandingFor(threshold: number, length: number): Banding {
  let rows = 1;
  while (rows < length && meets(threshold, rows + 1, length) >= 0.99) rows++;
  return { rows, bands: Math.floor(length / rows) };
}

function meets(similarity: number, rows: number, length: number): number {
  return 1 - (1 - similarity ** rows) ** Math.floor(length / rows);
}

/** One number per band; sets that agree in a whole band agree in its number. */
export function bandKeys(signature: Signature, { rows, bands }: Banding): number[] {
  return Array.from({ length: bands }, (_, band) => {
    let key = band;
    for (let row = 0; row < rows; row++) key = mix32(Math.imul(key, 31) + signature[band * rows + row]!);
    return key;
  });
}
