import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWorker, startWorker } from './native-work.ts';

const directory = join(import.meta.dirname, '../../../../models/all-MiniLM-L6-v2');
const program = new URL('./testing/endless-reader.worker.ts', import.meta.url);

// Without the gate, ending such a thread takes this whole process down.
describe('a thread ends in the middle of its work, and the process goes on', () => {
  for (const threads of [1, 2]) {
    test(`while it reads, on ${threads} of its own`, async () => {
      for (let round = 0; round < 4; round += 1) {
        const worker = startWorker(program, { workerData: { directory, threads } });
        const ended = once(worker, 'exit');
        await once(worker, 'message');
        await once(worker, 'message');
        await sleep(10 * round);
        await endWorker(worker);
        assert.equal((await ended).length, 1);
      }
    });

    test(`while it loads, on ${threads} of its own`, async () => {
      for (let round = 0; round < 6; round += 1) {
        const worker = startWorker(program, { workerData: { directory, threads } });
        const ended = once(worker, 'exit');
        await once(worker, 'message');
        await sleep(60 * round);
        await endWorker(worker);
        assert.equal((await ended).length, 1);
      }
    });
  }
});
