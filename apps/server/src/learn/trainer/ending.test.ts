import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endingOf, endingOfSilence } from './ending.ts';

const silence = { printed: '', lackedMemory: false, resumable: false };

test('a process that is gone without a word is lost, unless it printed that the memory ran out', () => {
  const lost = endingOfSilence({ ...silence, printed: 'Loading weights\nstep 3\n', resumable: true });
  assert.ok(lost.kind === 'lost');
  assert.match(lost.message, /goes on from its checkpoint.*step 3$/);
  const early = endingOfSilence(silence);
  assert.ok(early.kind === 'lost' && /run it again/.test(early.message));
  for (const printed of [
    'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB',
    "RuntimeError: [enforce fail at alloc_cpu.cpp:117] DefaultCPUAllocator: can't allocate memory: not enough memory",
    "terminate called after throwing an instance of 'std::bad_alloc'",
  ]) {
    const ending = endingOfSilence({ ...silence, printed });
    assert.ok(ending.kind === 'failed' && ending.code === 'out_of_memory', printed);
  }
});

test('a trainer tells its own ending by its last event', () => {
  const line = { sequence: 9, at: '2026-03-01T00:00:00.000Z' };
  assert.deepEqual(endingOf({ ...line, type: 'stopped', step: 4 }), { kind: 'stopped' });
  assert.deepEqual(endingOf({ ...line, type: 'failed', code: 'disk_full', message: 'full' }), {
    kind: 'failed',
    code: 'disk_full',
    message: 'full',
  });
  assert.equal(endingOf({ ...line, type: 'log', level: 'info', message: 'done' }), null);
  assert.equal(endingOf(undefined), null);
});
