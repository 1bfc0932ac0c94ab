import { createServer, type Server, type Socket } from 'node:net';
import { Turns } from './turns.ts';
import { type WireBatch, WireReader } from './wire-reader.ts';

/** A PostgreSQL engine of one session that takes protocol messages as they are. */
export interface WireEngine {
  /** Carries out whole messages and passes on what is answered; the bytes are only valid during the call. */
  execute(messages: Uint8Array, answer: (bytes: Uint8Array) => void): Promise<void>;
  inTransaction(): boolean;
}

export interface WireServerOptions {
  engine: WireEngine;
  maxConnections: number;
  /** How long a connection may sit in an open transaction without a word while it keeps all others waiting. */
  idleInTransactionMs: number;
  /** The engine did not answer as one does: it is broken, and nothing can be trusted to it any more. */
  onBroken: (reason: string) => void;
}

export interface WireServer {
  listen(path: string): Promise<void>;
  /** Runs work of the server's own on the engine when no client is in the middle of something. */
  exclusively(work: () => Promise<void>): Promise<void>;
  /** Closes every connection, rolls back what was open, and stops listening. */
  close(): Promise<void>;
}

const OWN = 0;
const READY_FOR_QUERY = 0x5a;
const READY_LENGTH = 6;

function simpleQuery(sql: string): Buffer {
  const text = Buffer.from(`${sql}\0`);
  const head = Buffer.from('Q\0\0\0\0');
  head.writeInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}

const SYNC = Buffer.from([0x53, 0, 0, 0, 4]);

function fatal(state: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${state}\0M${message}\0\0`);
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

function endsReady(chunks: Uint8Array[]): boolean {
  const end = Buffer.concat(chunks.slice(-2)).subarray(-READY_LENGTH);
  return end.length === READY_LENGTH && end[0] === READY_FOR_QUERY;
}

/**
 * Lets many connections share an engine of one session, as a transaction pooler does. What a client sends up to its
 * Sync is carried out without a break, and a transaction is carried out without anyone else between: message by
 * message, two clients would answer to each other's unnamed statements. A client that leaves in the middle of
 * something is rolled back; one that goes silent in a transaction is closed, so that it cannot stop the others.
 */
export function createWireServer(options: WireServerOptions): WireServer {
  const { engine } = options;
  const sockets = new Map<number, Socket>();
  let sessions = OWN;
  let broken = false;

  const turns = new Turns(options.idleInTransactionMs, (session) => {
    const socket = sockets.get(session);
    socket?.end(fatal('25P03', 'terminating connection due to idle-in-transaction timeout'), () =>
      socket.destroy(),
    );
  });

  /** Whether a statement is complete is seen from its answer: without ReadyForQuery at its end the engine died. */
  async function execute(messages: Uint8Array, mustBeReady: boolean): Promise<Buffer> {
    const answer: Buffer[] = [];
    await engine.execute(messages, (bytes) => answer.push(Buffer.from(bytes)));
    if (mustBeReady && !endsReady(answer)) throw new Error('the answer does not end in ReadyForQuery');
    return Buffer.concat(answer);
  }

  /** Runs one turn; a failure of the engine itself is final. */
  async function guarded(work: () => Promise<boolean>): Promise<boolean> {
    if (broken) return false;
    try {
      return await work();
    } catch (error) {
      broken = true;
      options.onBroken(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  async function rollBack(): Promise<void> {
    await execute(SYNC, true);
    if (engine.inTransaction()) await execute(simpleQuery('ROLLBACK'), true);
  }

  function run(session: number, batch: WireBatch): void {
    const work = async () => {
      const answer = await execute(batch.bytes, batch.kind === 'complete');
      sockets.get(session)?.write(answer);
      return batch.kind === 'unfinished' || engine.inTransaction();
    };
    turns.add({ session, run: () => guarded(work) });
  }

  function leave(session: number): void {
    sockets.delete(session);
    turns.drop(session);
    const work = async () => {
      if (turns.owns(session)) await rollBack();
      return false;
    };
    turns.add({ session, run: () => guarded(work) });
  }

  function take(session: number, socket: Socket, batch: WireBatch): void {
    if (batch.kind === 'encryption') socket.write('N');
    else if (batch.kind === 'cancel' || batch.kind === 'terminate') socket.end();
    else run(session, batch);
  }

  function connect(socket: Socket): void {
    const session = ++sessions;
    const reader = new WireReader();
    sockets.set(session, socket);
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const batch of reader.push(chunk)) take(session, socket, batch);
      } catch (error) {
        socket.destroy(error instanceof Error ? error : undefined);
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => leave(session));
  }

  const server = createServer(connect);
  server.maxConnections = options.maxConnections;

  return {
    listen: (path) => listen(server, path),
    exclusively: (work) =>
      new Promise((resolve) => {
        const turn = async () => {
          await work();
          return false;
        };
        turns.add({ session: OWN, run: () => guarded(turn).finally(resolve) });
      }),
    close: () => close(server, sockets),
  };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
}

function close(server: Server, sockets: Map<number, Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets.values()) socket.destroy();
  });
}
