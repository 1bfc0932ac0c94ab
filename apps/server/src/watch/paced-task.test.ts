import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PacedTask } from './paced-task.ts';

const pace = { intervalMs: 5, retryMs: 5 };
const never = (error: unknown) => assert.fail(String(error));

test('runs once for many requests, and once more for those that came while it ran', async () => {
  const steps: string[] = [];
  const gate = Promise.withResolvers<void>();
  const twice = Promise.withResolvers<void>();
  const task = new PacedTask(
    async () => {
      steps.push('start');
      if (steps.length === 1) await gate.promise;
      else twice.resolve();
    },
    pace,
    never,
  );
  task.request();
  task.request();
  task.request();
  assert.deepEqual(steps, ['start']);
  gate.resolve();
  await twice.promise;
  await task.stop();
  assert.deepEqual(steps, ['start', 'start']);
});

test('repeats what fails until it succeeds, and says so each time', async () => {
  const failures: unknown[] = [];
  const done = Promise.withResolvers<void>();
  const task = new PacedTask(
    async () => {
      if (failures.length < 3) throw new Error('away');
      done.resolve();
    },
    pace,
    (error) => failures.push(error),
  );
  task.request();
  await done.promise;
  await task.stop();
  assert.equal(failures.length, 3);
});

test('waits for what runs when stopped, and starts nothing after', async () => {
  let runs = 0;
  const task = new PacedTask(async () => void runs++, { intervalMs: 1e6, retryMs: 1e6 }, never);
  task.request();
  await Promise.resolve();
  task.request();
  await task.stop();
  task.request();
  assert.equal(runs, 1);
});
