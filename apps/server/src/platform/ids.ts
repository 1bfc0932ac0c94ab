import { randomFillSync } from 'node:crypto';

const RAND_B_BITS = 62n;
const COUNTER_LIMIT = 0x1000;
const TIMESTAMP_LIMIT = 2 ** 48;

/** What an id source draws on: milliseconds since 1970 and `bits` random bits (at most 64). */
export interface IdInputs {
  milliseconds(): number;
  random(bits: number): bigint;
}

/**
 * Lays out a UUID version 7 as RFC 9562 section 5.7 does.
 * @param milliseconds Unix time, 48 bits
 * @param randA 12 bits, here a counter
 * @param randB 62 bits
 */
export function formatUuidV7(milliseconds: number, randA: number, randB: bigint): string {
  const time = milliseconds.toString(16).padStart(12, '0');
  const middle = (0x7000 | randA).toString(16);
  const tail = ((0b10n << RAND_B_BITS) | randB).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-${middle}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

/**
 * A source of UUIDs version 7 that sort in the order they were made, also within one millisecond and
 * when the clock is set back (RFC 9562 section 6.2, method 1: the 12 bits after the version are a counter
 * that starts at a random value below its half; when it runs over, time is borrowed from the next millisecond).
 */
export function createIds(inputs: IdInputs): () => string {
  let last = -1;
  let counter = 0;
  return () => {
    const now = inputs.milliseconds();
    if (now > last) {
      last = now;
      counter = Number(inputs.random(11));
    } else if (++counter === COUNTER_LIMIT) {
      last += 1;
      counter = Number(inputs.random(11));
    }
    return formatUuidV7(last % TIMESTAMP_LIMIT, counter, inputs.random(62));
  };
}

/** Draws from the system's random source in blocks: one call per id would cost more than the rest together. */
function bufferedRandom(): (bits: number) => bigint {
  const block = new BigUint64Array(256);
  let used = block.length;
  return (bits) => {
    if (used === block.length) {
      randomFillSync(block);
      used = 0;
    }
    return BigInt.asUintN(bits, block[used++] ?? 0n);
  };
}

/** A new UUID version 7, increasing within this process. */
export const newId = createIds({ milliseconds: Date.now, random: bufferedRandom() });

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Whether a text is a UUID (RFC 9562, any version): ask before giving it to a `uuid` column. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
