import type { EndpointId, Endpoints, ResponseOf, SentBy } from '@attune/contracts';
import { endpointTable } from './endpoints.ts';
import { AttuneApiError, errorOf } from './error.ts';
import { readEvents } from './events.ts';

export interface ClientOptions {
  /** Address of the server, as `http://127.0.0.1:7420`. */
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

/** A typed client for Attune's HTTP API. Failed calls throw `AttuneApiError`. */
export function createClient(options: ClientOptions): AttuneClient {
  const methods: Record<string, unknown> = {
    streamChat: (input: LooseInput, call?: CallOptions) => {
      const body = Object.assign({}, input.body, { stream: true });
      return events(() => send(options, 'chatCompletions', { ...input, body }, call));
    },
  };
  for (const id of Object.keys(endpointTable) as EndpointId[]) {
    const { answers } = endpointTable[id];
    methods[id] = (input: LooseInput = {}, call?: CallOptions) => {
      if (answers === 'sse') return events(() => send(options, id, input, call));
      const response = send(options, id, input, call);
      if (answers === 'bytes') return response.then(async (r) => new Uint8Array(await r.arrayBuffer()));
      return response.then((r) => r.json());
    };
  }
  // The table has one entry per endpoint, so this is the client; a loop cannot tell TypeScript so.
  return methods as unknown as AttuneClient;
}

async function* events(open: () => Promise<Response>): AsyncGenerator<unknown> {
  const response = await open();
  if (response.body === null) return;
  for await (const data of readEvents(response.body)) {
    if (data === '[DONE]') return;
    yield JSON.parse(data);
  }
}

function addressOf(base: string, path: string, input: LooseInput): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(input.params?.[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== null) query.set(name, String(value));
  }
  const suffix = query.size === 0 ? '' : `?${query}`;
  return `${base.replace(/\/$/, '')}${filled}${suffix}`;
}

async function send(
  { url, apiKey, fetch: fetcher = fetch }: ClientOptions,
  id: EndpointId,
  input: LooseInput,
  call: CallOptions = {},
): Promise<Response> {
  const { method, path } = endpointTable[id];
  const headers: Record<string, string> = {};
  if (input.body !== undefined) headers['content-type'] = 'application/json';
  if (apiKey !== undefined) headers.authorization = `Bearer ${apiKey}`;
  if (call.idempotencyKey !== undefined) headers['idempotency-key'] = call.idempotencyKey;
  const request: RequestInit = { method: method.toUpperCase(), headers };
  if (input.body !== undefined) request.body = JSON.stringify(input.body);
  if (call.signal !== undefined) request.signal = call.signal;
  const response = await fetcher(addressOf(url, path, input), request).catch((cause: unknown) => {
    if (call.signal?.aborted) throw cause;
    throw new AttuneApiError({
      code: 'unreachable',
      status: 0,
      message: `No Attune server answers at ${url}.`,
      hint: 'Start one with `attune up`, or set ATTUNE_URL to where it runs.',
      cause,
    });
  });
  if (!response.ok) throw await errorOf(response);
  return response;
}
