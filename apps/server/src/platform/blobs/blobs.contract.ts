import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Blobs } from './blobs.ts';

/** What every adapter of `Blobs` must do. `open` gives an empty store and a function that removes it. */
export function blobsContract(
  name: string,
  open: () => Promise<{ blobs: Blobs; remove(): Promise<void> }>,
): void {
  describe(`blobs in ${name}`, () => {
    let blobs: Blobs;
    let remove: () => Promise<void>;
    before(async () => {
      ({ blobs, remove } = await open());
    });
    after(() => remove());

    test('keeps bytes under their SHA-256', async () => {
      // FIPS 180-4 example: the hash of "abc".
      const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
      assert.equal(await blobs.put(Buffer.from('abc')), expected);
      assert.equal(await blobs.has(expected), true);
      assert.deepEqual(Buffer.from((await blobs.get(expected)) ?? []), Buffer.from('abc'));
    });

    test('keeps nothing, and everything', async () => {
      for (const bytes of [
        new Uint8Array(),
        Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 7) % 256),
      ]) {
        const hash = await blobs.put(bytes);
        assert.ok(Buffer.from((await blobs.get(hash)) ?? [1]).equals(bytes));
      }
    });

    test('keeps what comes in parts, if it is what it should be', async () => {
      const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
      await blobs.delete(expected);
      const parts = async function* (...texts: string[]) {
        for (const text of texts) yield Buffer.from(text);
      };
      await assert.rejects(blobs.keep(expected, parts('a', 'bd')), { hash: expected });
      assert.equal(await blobs.has(expected), false);
      assert.equal(await blobs.keep(expected, parts('a', 'bc')), 3);
      const kept = await blobs.stream(expected);
      assert.equal(kept?.bytes, 3);
      assert.equal(await new Response(kept.content).text(), 'abc');
      assert.equal(await blobs.stream('e'.repeat(64)), undefined);
    });

    test('says so when there is none', async () => {
      const absent = 'f'.repeat(64);
      assert.equal(await blobs.get(absent), undefined);
      assert.equal(await blobs.has(absent), false);
      await blobs.delete(absent);
    });

    test('forgets what is deleted, and can keep it again', async () => {
      const hash = await blobs.put(Buffer.from('short-lived'));
      await blobs.delete(hash);
      assert.equal(await blobs.get(hash), undefined);
      assert.equal(await blobs.put(Buffer.from('short-lived')), hash);
      assert.equal(await blobs.has(hash), true);
    });

    test('many may put the same bytes at once', async () => {
      const hashes = await Promise.all(Array.from({ length: 20 }, () => blobs.put(Buffer.from('crowd'))));
      assert.equal(new Set(hashes).size, 1);
      assert.ok(await blobs.get(hashes[0] ?? ''));
    });

    test('refuses a name that is no hash', async () => {
      for (const name of ['../../etc/passwd', '', 'abc', 'A'.repeat(64)]) {
        await assert.rejects(blobs.get(name), TypeError);
        await assert.rejects(blobs.has(name), TypeError);
        await assert.rejects(blobs.delete(name), TypeError);
      }
    });
  });
}
