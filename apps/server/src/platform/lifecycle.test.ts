import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Lifecycle } from './lifecycle.ts';
import { silentLog } from './log.ts';

function open(deadlineMs = 60_000) {
  const order: string[] = [];
  return { order, lifecycle: new Lifecycle({ log: silentLog, deadlineMs }) };
}

describe('closing', () => {
  test('what was opened last is closed first, one after the other, once', async () => {
    const { order, lifecycle } = open();
    lifecycle.onClose('first', () => void order.push('first'));
    lifecycle.onClose('second', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push('second');
    });
    assert.equal(lifecycle.closing, false);
    const [one, two] = await Promise.all([lifecycle.close(), lifecycle.close()]);
    assert.deepEqual([one, two, lifecycle.closing], [true, true, true]);
    assert.deepEqual(order, ['second', 'first']);
  });

  test('one that fails does not keep the others open', async () => {
    const { order, lifecycle } = open();
    lifecycle.onClose('first', () => void order.push('first'));
    lifecycle.onClose('broken', () => Promise.reject(new Error('broken')));
    assert.equal(await lifecycle.close(), false);
    assert.deepEqual(order, ['first']);
  });

  test('one that hangs does not keep the others open beyond the deadline', async () => {
    const { order, lifecycle } = open(20);
    lifecycle.onClose('first', () => void order.push('first'));
    lifecycle.onClose('hanging', () => new Promise(() => undefined));
    assert.equal(await lifecycle.close(), false);
    assert.deepEqual(order, ['first']);
  });
});

describe('signals', { skip: process.platform === 'win32' && 'no signals there' }, () => {
  const program = fileURLToPath(new URL('./lifecycle.crash.ts', import.meta.url));

  /** Runs the program, sends the next signal whenever it says the next awaited word, tells how it ended. */
  async function run(mode: string, signals: [string, NodeJS.Signals][]) {
    const child = spawn(process.execPath, [program, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      while (signals[0] !== undefined && said.includes(signals[0][0])) child.kill(signals.shift()?.[1]);
    });
    const [code] = await once(child, 'close');
    return { code, said: said.trim() };
  }

  test('the first one closes everything in order', async () => {
    assert.deepEqual(await run('', [['ready', 'SIGTERM']]), { code: 0, said: 'ready http queue database' });
  });

  test('the second one ends the process at once', async () => {
    const signals: [string, NodeJS.Signals][] = [
      ['ready', 'SIGINT'],
      ['queue', 'SIGINT'],
    ];
    assert.deepEqual(await run('hangs', signals), { code: 1, said: 'ready http queue' });
  });

  test('a part that hangs costs the deadline, and the exit code says so', async () => {
    const result = await run('hangs-briefly', [['ready', 'SIGTERM']]);
    assert.deepEqual(result, { code: 1, said: 'ready http queue database' });
  });
});
