import assert from 'node:assert/strict';
import { test } from 'node:test';
import { murmur3 } from './index.ts';

// Vectors of MurmurHash3_x86_32 as in Wikipedia, "MurmurHash", and in the reference SMHasher implementation.
const vectors: [string, number, number][] = [
  ['', 0, 0],
  ['', 1, 0x514e28b7],
  ['', 0xffffffff, 0x81f16f39],
  ['test', 0, 0xba6bd213],
  ['test', 0x9747b28c, 0x704b81dc],
  ['Hello, world!', 0, 0xc0363e43],
  ['Hello, world!', 0x9747b28c, 0x24884cba],
  ['The quick brown fox jumps over the lazy dog', 0, 0x2e4ff723],
  ['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
];

for (const [text, seed, expected] of vectors) {
  test(`murmur3 of ${JSON.stringify(text)} with seed ${seed}`, () =>
    assert.equal(murmur3(text, seed), expected));
}
