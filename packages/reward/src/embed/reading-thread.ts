import { Worker } from 'node:worker_threads';
import { RewardError, type RewardErrorCode } from '../errors.ts';
import type { Encoding } from './embedder.ts';

/** What a thread that reads texts is made with. */
export interface ReaderSetting {
  directory: string;
  encodedTokens: number;
}

/** One text to read, whole or as far as `encode` reads; or word that there are no more. */
export type ToReader = { kind: 'embed' | 'encode'; text: string } | { kind: 'close' };

/** What comes back: first `ready` or `failed`, then one answer per text. */
export type FromReader =
  | { type: 'ready'; id: string; dimensions: number }
  | { type: 'vector'; vector: Float32Array }
  | { type: 'encoding'; encoding: Encoding }
  | { type: 'failed'; code: RewardErrorCode | null; message: string };

/** A thread with a session of its own. It reads one text at a time. */
export class ReadingThread {
  readonly #worker: Worker;
  readonly #ended: Promise<unknown>;
  #pending: PromiseWithResolvers<FromReader>;

  constructor(setting: ReaderSetting) {
    this.#worker = new Worker(new URL('./minilm.worker.ts', import.meta.url), {
      workerData: setting,
      // What a reader leaves behind dies young: more room for it would only be filled.
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    this.#pending = Promise.withResolvers();
    this.#worker.on('message', (message: FromReader) => this.#pending.resolve(message));
    this.#worker.on('error', (error) => this.#pending.reject(error));
    this.#ended = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#worker.on('exit', (code) =>
      this.#pending.reject(new Error(`a reading thread ended with code ${code}`)),
    );
  }

  /** The thread's first word. @throws RewardError `model_damaged` */
  async ready(): Promise<{ id: string; dimensions: number }> {
    const message = await this.#answer();
    if (message.type === 'ready') return message;
    throw new TypeError(`a reading thread began with ${message.type}`);
  }

  async embed(text: string): Promise<Float32Array> {
    const message = await this.#ask({ kind: 'embed', text });
    if (message.type === 'vector') return message.vector;
    throw new TypeError(`a reading thread answered ${message.type}`);
  }

  async encode(text: string): Promise<Encoding> {
    const message = await this.#ask({ kind: 'encode', text });
    if (message.type === 'encoding') return message.encoding;
    throw new TypeError(`a reading thread answered ${message.type}`);
  }

  /** Lets the thread end by itself, after what it reads: see `native-work.ts`. */
  async close(): Promise<void> {
    const ending: ToReader = { kind: 'close' };
    this.#worker.postMessage(ending);
    await this.#ended;
  }

  #ask(question: ToReader): Promise<FromReader> {
    this.#pending = Promise.withResolvers();
    this.#worker.postMessage(question);
    return this.#answer();
  }

  async #answer(): Promise<FromReader> {
    const message = await this.#pending.promise;
    if (message.type !== 'failed') return message;
    throw message.code === null ? new Error(message.message) : new RewardError(message.code, message.message);
  }
}
