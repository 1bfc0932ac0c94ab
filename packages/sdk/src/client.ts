import type { EndpointId, Endpoints, ResponseOf, SentBy } from '@attune/contracts';
import { endpointTable } from './endpoints.ts';
import { errorIn, errorOf, notAttune, unreachable } from './error.ts';
import { readEvents } from './events.ts';

export interface ClientOptions {
  /** Address of the server, as `http://127.0.0.1:7420`; empty in a page that the server itself sent. */
  url: string;
  /** API key or feedback token; in a signed-in browser page the session cookie serves. */
  apiKey?: string;
  fetch?: typeof fetch;
}

type Given<T> = { [K in keyof T as T[K] extends undefined ? never : K]: T[K] };
type Optional<T> = { [K in keyof T]: object extends T[K] ? K : never }[keyof T];
type Relaxed<T> = Omit<T, Optional<T>> & Partial<Pick<T, Optional<T>>>;

/** What a call takes: params, query and body where the endpoint has them; what is all defaults may be left out. */
export type CallInput<Id extends EndpointId> = Relaxed<Given<SentBy<Endpoints[Id]>>>;

export interface CallOptions {
  signal?: AbortSignal;
  /** Makes a write safe to repeat. */
  idempotencyKey?: string;
}

type Answers<Id extends EndpointId> = Endpoints[Id] extends { answers: infer A } ? A : 'json';
type Result<Id extends EndpointId> =
  Answers<Id> extends 'sse'
    ? AsyncIterable<ResponseOf<Endpoints[Id]>>
    : Answers<Id> extends 'bytes'
      ? Promise<Uint8Array>
      : Promise<ResponseOf<Endpoints[Id]>>;

type Method<Id extends EndpointId> =
  object extends CallInput<Id>
    ? (input?: CallInput<Id>, options?: CallOptions) => Result<Id>
    : (input: CallInput<Id>, options?: CallOptions) => Result<Id>;

/** One method per endpoint, and `streamChat` for answers that come word by word. */
export type AttuneClient = { readonly [Id in EndpointId]: Method<Id> } & {
  streamChat(input: CallInput<'chatCompletions'>, options?: CallOptions): AsyncIterable<ChatChunk>;
};

/** A chunk of a streamed answer, as OpenAI sends them; the last ones carry `attune`. */
export interface ChatChunk {
  id: string;
  choices: { index: number; delta: { content?: string | null }; finish_reason: string | null }[];
  attune?: ResponseOf<Endpoints['chatCompletions']>['attune'];
}

interface LooseInput {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/**
 * A typed client for Attune's HTTP API. Failed calls throw `AttuneApiError`; aborted ones throw the signal's reason.
 */
export function createClient(options: ClientOptions): AttuneClient {
  const methods: Record<string, unknown> = {
    streamChat: (input: LooseInput, call?: CallOptions) => {
      const body = Object.assign({}, input.body, { stream: true });
      return events(options, 'chatCompletions', { ...input, body }, call);
    },
  };
  for (const id of Object.keys(endpointTable) as EndpointId[]) {
    methods[id] = methodOf(options, id);
  }
  // The table has one entry per endpoint, so this is the client; a loop cannot tell TypeScript so.
  return methods as unknown as AttuneClient;
}

function methodOf(options: ClientOptions, id: EndpointId) {
  const { answers } = endpointTable[id];
  return (input: LooseInput = {}, call: CallOptions = {}) => {
    if (answers === 'sse') return events(options, id, input, call);
    return answers === 'bytes' ? bytes(options, id, input, call) : json(options, id, input, call);
  };
}

async function json(
  options: ClientOptions,
  id: EndpointId,
  input: LooseInput,
  call: CallOptions,
): Promise<unknown> {
  const response = await send(options, id, input, call);
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError) throw notAttune(options.url, response.status, error);
    throw lost(options, call, error);
  }
}

async function bytes(
  options: ClientOptions,
  id: EndpointId,
  input: LooseInput,
  call: CallOptions,
): Promise<Uint8Array> {
  const response = await send(options, id, input, call);
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw lost(options, call, error);
  }
}

/** The events of a stream; one that says that the server failed is thrown. */
async function* events(
  options: ClientOptions,
  id: EndpointId,
  input: LooseInput,
  call: CallOptions = {},
): AsyncGenerator<unknown> {
  const { body } = await send(options, id, input, call);
  if (body === null) return;
  const source = readEvents(body);
  let complete = false;
  try {
    for (;;) {
      const { done, value } = await source.next().catch((error: unknown) => {
        throw lost(options, call, error);
      });
      if (done === true) return;
      // Read on to the end, which follows at once: browsers report a stream that is let go before it as failed.
      complete ||= value === '[DONE]';
      if (complete) continue;
      const event: unknown = JSON.parse(value);
      const error = errorIn(event, 0);
      if (error !== null) throw error;
      yield event;
    }
  } finally {
    await source.return(undefined);
  }
}

/** What is thrown when the connection breaks: the caller's own abort, or that the server is gone. */
function lost({ url }: ClientOptions, { signal }: CallOptions, cause: unknown): unknown {
  return signal?.aborted === true ? cause : unreachable(url, cause);
}

function addressOf(base: string, path: string, input: LooseInput): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(input.params?.[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== null) query.set(name, String(value));
  }
  const suffix = query.size === 0 ? '' : `?${query}`;
  return `${base.replace(/\/+$/, '')}${filled}${suffix}`;
}

function requestOf(
  apiKey: string | undefined,
  method: string,
  { body }: LooseInput,
  call: CallOptions,
): RequestInit {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers['content-type'] = body instanceof Blob ? body.type : 'application/json';
  if (apiKey !== undefined) headers.authorization = `Bearer ${apiKey}`;
  if (call.idempotencyKey !== undefined) headers['idempotency-key'] = call.idempotencyKey;
  return {
    method: method.toUpperCase(),
    headers,
    ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
    ...(call.signal === undefined ? {} : { signal: call.signal }),
  };
}

async function send(
  options: ClientOptions,
  id: EndpointId,
  input: LooseInput,
  call: CallOptions,
): Promise<Response> {
  const { url, apiKey, fetch: fetcher = fetch } = options;
  const { method, path } = endpointTable[id];
  const address = addressOf(url, path, input);
  const response = await fetcher(address, requestOf(apiKey, method, input, call)).catch((error: unknown) => {
    throw lost(options, call, error);
  });
  if (!response.ok) throw await errorOf(response);
  return response;
}
