import { AttuneError } from '@attune/contracts';
import { Pool } from 'undici';
import { z } from 'zod';
import type { Draft, Drafts, Generation, GenerationAsk, GenerationPart, Generator } from '../generator.ts';
import { samplingPlan } from '../sampling.ts';
import { readChunk, readCompletion } from './completion.ts';
import { exchange, openExchange } from './exchange.ts';
import { withRetries } from './retry.ts';
import { eventData } from './server-sent-events.ts';
import { UnsupportedFields } from './unsupported-fields.ts';
import { brokenOff, failureOf, failureOfConnection, UpstreamFailure } from './upstream-failure.ts';

export interface UpstreamSettings {
  /** Base URL up to and including the version, as `https://api.openai.com/v1`. */
  readonly url: string;
  readonly apiKey: string | undefined;
  /** Models that may be asked, the default first; empty for all the upstream has. */
  readonly models: readonly string[];
  readonly timeoutMs: number;
  readonly retries: number;
}

/** A generator that writes answers with an OpenAI-compatible API. */
export interface OpenAiUpstream extends Generator {
  /** Names that requests can use, the default first. @throws AttuneError `upstream_unavailable` and its kin */
  models(): Promise<readonly string[]>;
  /** Whether a model may be asked for by this name. */
  mayAsk(model: string): boolean;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
const MODELS_KEPT_MS = 60_000;
const ModelList = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });

/** Opens the connections to an upstream. They are made when first needed and kept. */
export function openUpstream(settings: UpstreamSettings): OpenAiUpstream {
  const wire = connect(settings);
  const models = modelNames(settings, wire);
  const unsupported = new UnsupportedFields();
  return {
    models,
    mayAsk: (model) => settings.models.length === 0 || settings.models.includes(model),
    async draft(ask) {
      const model = ask.model ?? settings.models[0] ?? (await models())[0];
      if (model === undefined) {
        const message = 'The upstream offers no model; set ATTUNE_UPSTREAM_MODELS.';
        throw new AttuneError('upstream_unavailable', { message });
      }
      return draftsOf(ask, model, wire, unsupported);
    },
    close: () => wire.close(),
  };
}

interface Wire {
  complete(body: string, signal: AbortSignal): Promise<Generation>;
  stream(body: string, signal: AbortSignal): Promise<AsyncIterable<GenerationPart>>;
  modelList(signal: AbortSignal): Promise<string[]>;
  close(): Promise<void>;
}

function connect({ url, apiKey, timeoutMs, retries }: UpstreamSettings): Wire {
  const base = new URL(url);
  const connectTimeout = Math.min(CONNECT_TIMEOUT_MS, timeoutMs);
  const pool = new Pool(base.origin, { allowH2: false, connect: { timeout: connectTimeout } });
  const path = (end: string) => base.pathname.replace(/\/+$/, '') + end + base.search;
  const authorization: Record<string, string> =
    apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const headers = { 'content-type': 'application/json', accept: 'application/json', ...authorization };
  const post = { method: 'POST', path: path('/chat/completions'), timeoutMs } as const;
  const get = { method: 'GET', path: path('/models'), headers, timeoutMs } as const;
  const streamHeaders = { ...headers, accept: 'text/event-stream' };
  return {
    complete: (body, signal) =>
      withRetries(
        async () => readCompletion(await whole(pool, { ...post, headers, body, signal })),
        retries,
        signal,
      ),
    stream: (body, signal) =>
      withRetries(() => begin(pool, { ...post, headers: streamHeaders, body, signal }), retries, signal),
    modelList: (signal) =>
      withRetries(async () => readModels(await whole(pool, { ...get, signal })), retries, signal),
    close: () => pool.destroy(),
  };
}

type Request = Parameters<typeof exchange>[1];

async function whole(pool: Pool, request: Request): Promise<string> {
  const answer = await exchange(pool, request).catch((error: unknown) => {
    throw connectionFailure(error, request.signal);
  });
  if (answer.status !== 200) throw failureOf(answer);
  return answer.text;
}

/** Waits for the first part of the answer: until it is there a failure can still be retried. */
async function begin(pool: Pool, request: Request): Promise<AsyncIterable<GenerationPart>> {
  const answer = await openExchange(pool, request).catch((error: unknown) => {
    throw connectionFailure(error, request.signal);
  });
  if (answer.status !== 200) {
    throw failureOf({ ...answer, text: await read(answer.body, request.signal) });
  }
  const parts = partsOf(answer.body);
  const first = await parts.next().catch((error: unknown) => {
    throw connectionFailure(error, request.signal);
  });
  return first.done ? ended() : resumed(first.value, parts, request.signal);
}

async function read(body: AsyncIterable<string>, signal: AbortSignal): Promise<string> {
  try {
    return (await Array.fromAsync(body)).join('');
  } catch (error) {
    throw connectionFailure(error, signal);
  }
}

async function* partsOf(body: AsyncIterable<string>): AsyncGenerator<GenerationPart> {
  let finished = false;
  for await (const data of eventData(body)) {
    if (data === '[DONE]') return;
    const part = readChunk(data);
    finished ||= part.finishReason !== null;
    yield part;
  }
  if (!finished) throw brokenOff();
}

async function* ended(): AsyncGenerator<GenerationPart> {}

async function* resumed(
  first: GenerationPart,
  rest: AsyncGenerator<GenerationPart>,
  signal: AbortSignal,
): AsyncGenerator<GenerationPart> {
  try {
    yield first;
    yield* rest;
  } catch (error) {
    throw connectionFailure(error, signal, true);
  } finally {
    await rest.return(undefined);
  }
}

/** An aborted request fails with the reason it was aborted for, whatever the connection says. */
function connectionFailure(error: unknown, signal: AbortSignal, begun = false): unknown {
  return signal.aborted ? signal.reason : failureOfConnection(error, begun);
}

function readModels(text: string): string[] {
  try {
    return ModelList.parse(JSON.parse(text)).data.map(({ id }) => id);
  } catch (cause) {
    const message = 'The upstream answered with something that is not a list of models.';
    throw new UpstreamFailure('upstream_unavailable', { message }, {}, { cause });
  }
}

/** The names as configured, or as the upstream lists them: asked once for all who wait, and again after a minute. */
function modelNames({ models, timeoutMs }: UpstreamSettings, wire: Wire): () => Promise<readonly string[]> {
  if (models.length > 0) return async () => models;
  let listed: { names: Promise<string[]>; until: number } | undefined;
  return () => {
    if (listed === undefined || listed.until < Date.now()) {
      const names = wire.modelList(AbortSignal.timeout(timeoutMs));
      listed = { names, until: Date.now() + MODELS_KEPT_MS };
      names.catch(() => {
        listed = undefined;
      });
    }
    return listed.names;
  };
}

function draftsOf(ask: GenerationAsk, model: string, wire: Wire, unsupported: UnsupportedFields): Drafts {
  const { attune: _, stream: __, stream_options, ...rest } = ask.request;
  const streaming = stream_options ? { stream: true, stream_options } : { stream: true };
  const drafts = samplingPlan(ask.request, ask.candidates).map(({ method, fields }): Draft => {
    const ask = <T>(more: object, send: (body: string) => Promise<T>) =>
      unsupported.adapt(model, fields, (accepted) =>
        send(JSON.stringify({ ...rest, ...accepted, ...more, model })),
      );
    return {
      method,
      generate: (signal) => ask({}, (body) => wire.complete(body, signal)),
      stream: (signal) => ask(streaming, (body) => wire.stream(body, signal)),
    };
  });
  return { policy: model, drafts, samples: true };
}
