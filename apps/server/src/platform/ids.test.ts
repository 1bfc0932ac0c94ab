import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createIds, formatUuidV7, isId, newId } from './ids.ts';

test('lays out the version 7 example of RFC 9562, appendix A.6', () => {
  const id = formatUuidV7(0x017f22e279b0, 0xcc3, 0x18c4dc0c0c07398fn);
  assert.equal(id, '017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
});

test('ids increase within a millisecond, past the end of the counter and when the clock is set back', () => {
  let milliseconds = 1_700_000_000_000;
  const next = createIds({ milliseconds: () => milliseconds, random: (bits) => (1n << BigInt(bits)) - 1n });
  const ids = Array.from({ length: 10_000 }, next);
  milliseconds -= 60_000;
  ids.push(next());
  assert.deepEqual(ids, ids.toSorted());
  assert.equal(new Set(ids).size, ids.length);
});

test('carries the time it was made at', () => {
  const before = Date.now();
  const made = Number.parseInt(newId().replace('-', '').slice(0, 12), 16);
  assert.ok(made >= before && made <= Date.now() + 1);
});

test('a hundred thousand ids are all different, sorted and valid', () => {
  const ids = Array.from({ length: 100_000 }, newId);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids, ids.toSorted());
  assert.ok(ids.every(isId));
});

test('tells a UUID from other text', () => {
  assert.ok(isId('017F22E2-79B0-7CC3-98C4-DC0C0C07398F'));
  assert.ok(!isId("1'; drop table users"));
  assert.ok(!isId('017f22e279b07cc398c4dc0c0c07398f'));
});
