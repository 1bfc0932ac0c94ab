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
