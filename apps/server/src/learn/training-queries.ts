import { createHash } from 'node:crypto';
import { queryKey } from '@attune/core';

/**
 * The queries that a model was trained on as sorted 64-bit hashes, 8 bytes each, little-endian: enough to leave them
 * out of a measurement, too little to read them back. The hash is the head of SHA-256 over the query's key, so that
 * two spellings of one question count as one.
 */
export function packQueries(queries: Iterable<string>): Uint8Array {
  const hashes = new BigUint64Array(new Set(Array.from(queries, hashOf))).sort();
  const packed = new DataView(new ArrayBuffer(hashes.length * 8));
  hashes.forEach((hash, index) => {
    packed.setBigUint64(index * 8, hash, true);
  });
  return new Uint8Array(packed.buffer);
}

/** Tells whether a query is among the packed ones; wrongly so for one in 2^64 / their number. */
export function packedQueries(packed: Uint8Array): (query: string) => boolean {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const count = Math.floor(packed.byteLength / 8);
  const known = new Set(Array.from({ length: count }, (_, index) => view.getBigUint64(index * 8, true)));
  return (query) => known.has(hashOf(query));
}

function hashOf(query: string): bigint {
  return createHash('sha256').update(queryKey(query)).digest().readBigUInt64LE(0);
}
