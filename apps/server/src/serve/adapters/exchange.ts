import type { IncomingHttpHeaders } from 'node:http';
import { StringDecoder } from 'node:string_decoder';
import type { Dispatcher } from 'undici';

export interface ExchangeRequest {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Longest silence before the headers and between parts of the body, in milliseconds. */
  readonly timeoutMs: number;
}

export interface WholeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface OpenAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body as text, in the pieces in which it arrives. Leaving the iteration early ends the exchange. */
  readonly body: AsyncIterable<string>;
}

/**
 * Sends a request and reads the whole answer. It speaks undici's dispatch interface directly, which costs half of
 * `request` and a fifth of `fetch` per exchange.
 * @throws the signal's reason when it is aborted; undici's errors otherwise
 */
export function exchange(dispatcher: Dispatcher, request: ExchangeRequest): Promise<WholeAnswer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let status = 0;
    let headers: IncomingHttpHeaders = {};
    const abort = abortable(request.signal, reject);
    dispatcher.dispatch(options(request), {
      onRequestStart: abort.attach,
      onResponseStart(_, code, answerHeaders) {
        status = code;
        headers = answerHeaders;
      },
      onResponseData: (_, part) => void parts.push(part),
      onResponseEnd() {
        abort.detach();
        resolve({ status, headers, text: Buffer.concat(parts).toString() });
      },
      onResponseError(_, error) {
        abort.detach();
        reject(abort.reason() ?? error);
      },
    });
  });
}

/** Sends a request and resolves when the answer begins. @throws as `exchange`; so does the iteration of the body */
export function openExchange(dispatcher: Dispatcher, request: ExchangeRequest): Promise<OpenAnswer> {
  return new Promise((resolve, reject) => {
    const pieces = new Pieces();
    const abort = abortable(request.signal, (reason) => {
      reject(reason);
      pieces.fail(reason);
    });
    dispatcher.dispatch(options(request), {
      onRequestStart(controller) {
        abort.attach(controller);
        pieces.from(controller);
      },
      onResponseStart(_, status, headers) {
        resolve({ status, headers, body: pieces });
      },
      onResponseData: (_, part) => pieces.push(part),
      onResponseEnd() {
        abort.detach();
        pieces.end();
      },
      onResponseError(_, error) {
        abort.detach();
        reject(abort.reason() ?? error);
        pieces.fail(abort.reason() ?? error);
      },
    });
  });
}

function options(request: ExchangeRequest): Dispatcher.DispatchOptions {
  const { path, method, headers, body, timeoutMs } = request;
  return { path, method, headers, body: body ?? null, headersTimeout: timeoutMs, bodyTimeout: timeoutMs };
}

/** Ties an exchange to a signal, from before it has a connection until it ends. */
function abortable(signal: AbortSignal, reject: (reason: Error) => void) {
  let controller: Dispatcher.DispatchController | undefined;
  const reason = () => (signal.aborted ? asError(signal.reason) : undefined);
  const onAbort = () => {
    const why = asError(signal.reason);
    reject(why);
    controller?.abort(why);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    reason,
    attach(started: Dispatcher.DispatchController) {
      controller = started;
      if (signal.aborted) started.abort(asError(signal.reason));
    },
    detach: () => signal.removeEventListener('abort', onAbort),
  };
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/** Parts of a body between the connection that brings them and the one reader that takes them. */
class Pieces implements AsyncIterableIterator<string> {
  /** Text that may wait for the reader before the connection is told to pause. */
  static readonly #limit = 256 * 1024;
  readonly #decoder = new StringDecoder('utf8');
  #controller: Dispatcher.DispatchController | undefined;
  #text = '';
  #ended = false;
  #error: Error | undefined;
  #wake: (() => void) | undefined;

  from(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
  }

  push(part: Buffer): void {
    this.#text += this.#decoder.write(part);
    if (this.#text.length > Pieces.#limit) this.#controller?.pause();
    this.#wake?.();
  }

  end(): void {
    this.#text += this.#decoder.end();
    this.#ended = true;
    this.#wake?.();
  }

  fail(error: Error): void {
    this.#error ??= error;
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<string>> {
    while (this.#text === '' && !this.#ended && this.#error === undefined) {
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
      this.#wake = undefined;
    }
    if (this.#text !== '') return { done: false, value: this.#take() };
    if (this.#error !== undefined) throw this.#error;
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<string>> {
    if (!this.#ended) this.#controller?.abort(new Error('The reader left.'));
    this.#ended = true;
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #take(): string {
    const text = this.#text;
    this.#text = '';
    if (this.#controller?.paused) this.#controller.resume();
    return text;
  }
}
