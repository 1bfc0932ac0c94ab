import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeNearDuplicates, seededRandom, textSimilarity } from './index.ts';
import { bandingFor, minHasher } from './minhash.ts';
import { jaccard } from './shingles.ts';

const id = (text: string) => text;

test('similarity of two texts by hand: word trigrams abc bcd against abc bce', () => {
  assert.equal(textSimilarity('a b c d', 'A, b, c e.'), 1 / 3);
  assert.equal(textSimilarity('yes', 'Yes!'), 1);
  assert.equal(textSimilarity('👍', '👎'), 0);
});

test('the first of near-duplicates stays and remembers the others', () => {
  const long =
    'The vaccine is free for everyone and you can get it at any pharmacy near you without an appointment today';
  const texts = [long, 'Wear a mask.', `${long}.`, `${long} now`, 'wear a mask'];
  assert.deepEqual(mergeNearDuplicates(texts, id), [
    { kept: long, merged: [texts[2], texts[3]] },
    { kept: 'Wear a mask.', merged: ['wear a mask'] },
  ]);
  assert.equal(mergeNearDuplicates(['same', 'same'], id)[0]!.merged.length, 1);
  assert.throws(() => mergeNearDuplicates([], id, { threshold: 0 }), RangeError);
});

test('MinHash agreement estimates Jaccard similarity', () => {
  const random = seededRandom(1);
  const numbers = (n: number) => Array.from({ length: n }, () => Math.floor(random() * 2 ** 32));
  const sign = minHasher(2048);
  for (const sharedCount of [20, 100, 180]) {
    const shared = numbers(sharedCount);
    const [a, b] = [new Set([...shared, ...numbers(50)]), new Set([...shared, ...numbers(50)])];
    const [x, y] = [sign(a), sign(b)];
    const agreement = x.filter((value, place) => value === y[place]).length / 2048;
    assert.ok(Math.abs(agreement - jaccard(a, b)) < 0.045, `${agreement} for ${jaccard(a, b)}`);
  }
});

test('banding by hand: seven rows would meet at 0.8 with 98.5 %, six do with 99.8 %', () => {
  assert.deepEqual(bandingFor(0.8, 128), { rows: 6, bands: 21 });
});

/** Texts of 60 random words; every third is followed by a copy with two words changed (similarity about 0.83). */
function corpus(originals: number): string[] {
  const random = seededRandom(6);
  const word = () => `w${Math.floor(random() * 5000)}`;
  return Array.from({ length: originals }).flatMap((_, k) => {
    const text = Array.from({ length: 60 }, word);
    const copy = text.with(10, 'changed');
    return k % 3 === 0 ? [text.join(' '), copy.join(' ')] : [text.join(' ')];
  });
}

test('in a large set the copies are found and nothing else', () => {
  const groups = mergeNearDuplicates(corpus(3000), id);
  const merged = groups.reduce((sum, group) => sum + group.merged.length, 0);
  assert.ok(merged >= 990 && merged <= 1000, `${merged} of 1000 copies found`);
  for (const { kept, merged: copies } of groups) {
    for (const copy of copies) assert.ok(textSimilarity(kept, copy) >= 0.8);
  }
});
