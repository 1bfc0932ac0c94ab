import { setTimeout as sleep } from 'node:timers/promises';
import { HttpSocket } from './http-socket.ts';
import { type Latencies, summarise } from './latencies.ts';

export interface Target {
  readonly url: URL;
  /** The request, ready to be sent. */
  readonly bytes: Buffer;
}

export interface ClosedLoop extends Latencies {
  connections: number;
  per_second: number;
}

/** As many connections as said, each sending its next request when the last was answered. */
export async function closedLoop(target: Target, connections: number, seconds: number): Promise<ClosedLoop> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => HttpSocket.open(target.url)));
  const taken: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1000;
  await Promise.all(
    sockets.map(async (socket) => {
      while (performance.now() < until) {
        const sent = performance.now();
        await socket.request(target.bytes);
        taken.push(performance.now() - sent);
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  for (const socket of sockets) socket.close();
  return { connections, per_second: Math.round(taken.length / elapsed), ...summarise(taken) };
}

/**
 * A fixed rate whatever the answers do: requests start on schedule, and waiting for a free connection counts as
 * latency, so that a stall is not hidden (coordinated omission).
 */
export async function openLoop(
  target: Target,
  perSecond: number,
  seconds: number,
  connections = 64,
): Promise<Latencies> {
  const free = await Promise.all(Array.from({ length: connections }, () => HttpSocket.open(target.url)));
  const all = [...free];
  const taken: number[] = [];
  const backlog: number[] = [];
  const failures: unknown[] = [];
  const run = (socket: HttpSocket, due: number): void => {
    socket.request(target.bytes).then(
      () => {
        taken.push(performance.now() - due);
        const next = backlog.shift();
        if (next === undefined) free.push(socket);
        else run(socket, next);
      },
      (error: unknown) => void failures.push(error),
    );
  };
  const started = performance.now();
  const total = Math.round(perSecond * seconds);
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * perSecond) + 1);
    for (; sent < due; sent += 1) {
      const scheduled = started + (sent * 1000) / perSecond;
      const socket = free.pop();
      if (socket === undefined) backlog.push(scheduled);
      else run(socket, scheduled);
    }
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  for (let waited = 0; taken.length < total && failures.length === 0 && waited < 200; waited += 1)
    await sleep(50);
  for (const socket of all) socket.close();
  if (failures[0] !== undefined) throw failures[0];
  return summarise(taken);
}

export interface Streamed {
  n: number;
  first_byte: Latencies;
  /** Time from the first to the last piece, a piece. */
  per_piece: Latencies;
}

/** One stream after the other on one connection. */
export async function streams(target: Target, count: number, pieces: number): Promise<Streamed> {
  const socket = await HttpSocket.open(target.url);
  const first: number[] = [];
  const perPiece: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const sent = performance.now();
    let begun = 0;
    await socket.request(target.bytes, (at) => {
      if (begun === 0) begun = at;
    });
    first.push(begun - sent);
    perPiece.push((performance.now() - begun) / pieces);
  }
  socket.close();
  return { n: count, first_byte: summarise(first), per_piece: summarise(perPiece) };
}
