import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RewardError } from '../errors.ts';
import { fromFloat16 } from './float16.ts';
import { openTensor } from './safetensors.ts';

function file(header: object, data: Uint8Array): Uint8Array {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, data]);
}

const damaged = (error: unknown) => error instanceof RewardError && error.code === 'model_damaged';

test('binary16: the worked examples of IEEE 754', () => {
  assert.equal(fromFloat16(0x3c00), 1);
  assert.equal(fromFloat16(0xc000), -2);
  assert.equal(fromFloat16(0x7bff), 65504);
  assert.equal(fromFloat16(0x0400), 2 ** -14);
  assert.equal(fromFloat16(0x0001), 2 ** -24);
  assert.equal(fromFloat16(0x3555), 0.333251953125);
  assert.equal(fromFloat16(0x7c00), Number.POSITIVE_INFINITY);
  assert.ok(Number.isNaN(fromFloat16(0x7e00)));
});

test('reads float16 and float32 tensors by name', () => {
  const data = Buffer.from([0x00, 0x3c, 0x00, 0xc0, 0, 0, 0x80, 0x3f]);
  const bytes = file(
    {
      half: { dtype: 'F16', shape: [1, 2], data_offsets: [0, 4] },
      single: { dtype: 'F32', shape: [1], data_offsets: [4, 8] },
    },
    data,
  );
  const half = openTensor(bytes, 'half');
  assert.deepEqual(half.shape, [1, 2]);
  assert.deepEqual(half.read(0, 2), Float32Array.of(1, -2));
  assert.deepEqual(half.read(1, 2), Float32Array.of(-2));
  assert.deepEqual(openTensor(bytes, 'single').read(0, 1), Float32Array.of(1));
});

test('damage is refused: no header, cut data, missing tensor, unknown type', () => {
  const tensor = { dtype: 'F16', shape: [4], data_offsets: [0, 8] };
  assert.throws(() => openTensor(Buffer.from('abc'), 'x'), damaged);
  assert.throws(() => openTensor(Buffer.alloc(64, 0xff), 'x'), damaged);
  assert.throws(() => openTensor(file({ x: tensor }, Buffer.alloc(6)), 'x'), damaged);
  assert.throws(() => openTensor(file({ x: tensor }, Buffer.alloc(8)), 'y'), damaged);
  assert.throws(() => openTensor(file({ x: { ...tensor, dtype: 'I8' } }, Buffer.alloc(8)), 'x'), damaged);
});
