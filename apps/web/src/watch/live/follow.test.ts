import assert from 'node:assert/strict';
import { test } from 'node:test';
import { follow } from './follow.ts';
import { reconnectDelay } from './reconnect-delay.ts';

type Step = number | 'break' | 'end';

/** A stream that does what each connection's list says; stops when the lists are used up. */
function rehearse(connections: Step[][], goesOn: (error: unknown) => boolean = () => true) {
  const stop = new AbortController();
  const seen: number[] = [];
  const waits: number[] = [];
  let opened = 0;
  const done = follow<number>(
    {
      async *open() {
        const steps = connections[opened++] ?? [];
        for (const step of steps) {
          if (step === 'break') throw new Error('lost');
          if (step !== 'end') yield step;
        }
      },
      onValue: (value) => seen.push(value),
      onBreak: goesOn,
      async wait(milliseconds) {
        waits.push(milliseconds);
        if (opened === connections.length) stop.abort();
      },
      random: () => 0,
    },
    stop.signal,
  );
  return { done, seen, waits };
}

test('a broken or ended stream is opened again', async () => {
  const { done, seen, waits } = rehearse([[1, 'break'], [2, 'end'], [3]]);
  await done;
  assert.deepEqual(seen, [1, 2, 3]);
  assert.deepEqual(waits, [1000, 1000, 1000]);
});

test('the wait grows while nothing comes and starts anew after a value', async () => {
  const { done, waits } = rehearse([['break'], ['break'], ['break'], [1, 'break'], ['break']]);
  await done;
  assert.deepEqual(waits, [1000, 2000, 4000, 1000, 2000]);
});

test('an error that no new connection would mend ends it', async () => {
  const { done, seen, waits } = rehearse([[1, 'break'], [2]], (error) => error === null);
  await done;
  assert.deepEqual(seen, [1]);
  assert.deepEqual(waits, []);
});

test('waits are bounded and spread', () => {
  assert.equal(reconnectDelay(1, 0), 1000);
  assert.equal(reconnectDelay(1, 1), 500);
  assert.equal(reconnectDelay(50, 0), 15_000);
});
