import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Log } from '../log.ts';
import { lockFolder } from './folder-lock.ts';
import { PgliteReport, type PgliteSettings } from './pglite-messages.ts';
import { openSocketFolder, SOCKET_NAME } from './socket-folder.ts';

export interface PgliteOptions {
  dataDir: string;
  log: Log;
  maxConnections: number;
  /** A connection silent in a transaction for longer is closed; 60 s unless given. */
  idleInTransactionMs?: number;
  /** How often the engine is looked after (checkpoint, vacuum); 30 s unless given. */
  maintenanceMs?: number;
}

export interface PgliteServer {
  /** Folder of the Unix socket, as the driver takes it for `host`. */
  readonly socketFolder: string;
  close(): Promise<void>;
}

const RESTART_AFTER_MS = 200;

function startWorker(settings: PgliteSettings, log: Log): Promise<Worker> {
  const worker = new Worker(new URL('./pglite.worker.ts', import.meta.url), { workerData: settings });
  return new Promise((ready, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the embedded database ended with code ${code}`)));
    worker.on('message', (message) => {
      const report = PgliteReport.parse(message);
      if (report.kind === 'ready') ready(worker);
      else log.warn({ reason: report.reason }, 'the embedded database could not be looked after');
    });
  });
}

function stopWorker(worker: Worker): Promise<void> {
  return new Promise((stopped) => {
    worker.once('exit', () => stopped());
    worker.postMessage('close');
  });
}

/** Keeps one worker running: when its engine breaks, the next one opens the same folder. */
class Keeper {
  readonly #settings: PgliteSettings;
  readonly #log: Log;
  #worker: Worker | undefined;
  #closing = false;
  #restarting: Promise<void> = Promise.resolve();

  constructor(settings: PgliteSettings, log: Log) {
    this.#settings = settings;
    this.#log = log;
  }

  async start(): Promise<void> {
    const worker = await startWorker(this.#settings, this.#log);
    this.#worker = worker;
    worker.on('error', (error) => this.#log.error({ err: error }, 'the embedded database stopped'));
    worker.once('exit', () => {
      this.#worker = undefined;
      if (!this.#closing) this.#restarting = this.#restart();
    });
  }

  async #restart(): Promise<void> {
    while (!this.#closing) {
      await pause(RESTART_AFTER_MS);
      try {
        await this.start();
        this.#log.info({}, 'the embedded database runs again');
        return;
      } catch (error) {
        this.#log.error({ err: error }, 'the embedded database does not start');
      }
    }
  }

  async stop(): Promise<void> {
    this.#closing = true;
    await this.#restarting;
    if (this.#worker !== undefined) await stopWorker(this.#worker);
  }
}

/**
 * Starts the embedded PostgreSQL (PGlite with pgvector) on the folder `database` of the data folder, in a thread of
 * its own behind a Unix socket that only this user can reach. What it acknowledged survives the end of this process,
 * also by `kill -9`, since it is in the system's hands by then; it never calls fsync, so it does not survive a power
 * cut or a crash of the machine. A statement that runs cannot be cancelled and `statement_timeout` has no effect.
 * @throws FolderInUse when another process has it open
 */
export async function startPglite(options: PgliteOptions): Promise<PgliteServer> {
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const unlock = await lockFolder(join(dataDir, 'database.lock'));
  const sockets = await openSocketFolder(dataDir);
  const keeper = new Keeper(
    {
      folder: join(dataDir, 'database'),
      socket: join(sockets.path, SOCKET_NAME),
      maxConnections: options.maxConnections,
      idleInTransactionMs: options.idleInTransactionMs ?? 60_000,
      maintenanceMs: options.maintenanceMs ?? 30_000,
    },
    options.log,
  );
  const close = async () => {
    await keeper.stop();
    await sockets.remove();
    await unlock();
  };
  try {
    await keeper.start();
  } catch (error) {
    await close();
    throw error;
  }
  return { socketFolder: sockets.path, close };
}
