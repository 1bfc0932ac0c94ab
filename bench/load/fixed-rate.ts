import { Worker } from 'node:worker_threads';
import type { Target } from './drive.ts';
import { HttpSocket } from './http-socket.ts';
import { type Latencies, summarise } from './latencies.ts';

/** Latencies at a fixed rate, from when each request was due. */
export interface FixedRate extends Latencies {
  /** The same from when each was sent, which leaves out what a stall does to those behind it. */
  from_send: Latencies;
}

/**
 * A fixed rate whatever the answers do: requests are due on schedule, and being late or waiting for a free
 * connection counts as latency, so that a stall is not hidden (coordinated omission).
 */
export async function fixedRate(
  target: Target,
  perSecond: number,
  seconds: number,
  connections = 64,
): Promise<FixedRate> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => HttpSocket.open(target.url)));
  try {
    return await drive(target, sockets, perSecond, Math.round(perSecond * seconds));
  } finally {
    for (const socket of sockets) socket.close();
  }
}

async function drive(
  target: Target,
  sockets: readonly HttpSocket[],
  perSecond: number,
  total: number,
): Promise<FixedRate> {
  const free = [...sockets];
  const waiting: number[] = [];
  const fromDue: number[] = [];
  const fromSend: number[] = [];
  const metronome = new Worker(new URL('./metronome.worker.ts', import.meta.url), {
    workerData: { perSecond, total },
  });
  try {
    await new Promise<void>((resolve, reject) => {
      const run = (socket: HttpSocket, due: number): void => {
        const sent = now();
        socket.request(target.bytes).then(() => {
          fromDue.push(now() - due);
          fromSend.push(now() - sent);
          if (fromDue.length === total) resolve();
          const next = waiting.shift();
          if (next === undefined) free.push(socket);
          else run(socket, next);
        }, reject);
      };
      metronome.once('error', reject);
      metronome.on('message', (due: number) => {
        const socket = free.pop();
        if (socket === undefined) waiting.push(due);
        else run(socket, due);
      });
    });
  } finally {
    await metronome.terminate();
  }
  return { ...summarise(fromDue), from_send: summarise(fromSend) };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
