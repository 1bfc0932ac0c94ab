import { AttuneError, type Endpoint, type RequestOf, type ResponseOf } from '@attune/contracts';
import type { z } from 'zod';
import type { Log } from '../log.ts';
import type { Caller } from './caller.ts';

/** What a handler gets: the validated request, who asks, and how to notice that they left. */
export interface Call<E extends Endpoint> extends RequestOf<E> {
  readonly caller: Caller;
  readonly requestId: string;
  readonly log: Log;
  /** Aborted when the client goes away, and for streams of events when the server shuts down. */
  readonly signal: AbortSignal;
  readonly remoteAddress?: string | undefined;
  /** The Range header: which part of a download is wanted. */
  readonly range: string | null;
  /** The traceparent header: the trace that the client's own work belongs to (W3C Trace Context). */
  readonly traceparent: string | null;
}

/** A request before validation. */
export interface RawCall {
  readonly caller: Caller | null;
  readonly params: Record<string, string>;
  readonly query: Record<string, string>;
  readonly body: unknown;
  readonly requestId: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Address that the connection comes from. */
  readonly remoteAddress?: string | undefined;
  readonly range?: string | null;
  readonly traceparent?: string | null;
}

/** An endpoint with its handler, ready to be mounted. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly respond: (call: RawCall) => Promise<Response>;
}

/**
 * Binds a handler to a declared endpoint. The handler returns the answer's data, or a whole Response for
 * streams and downloads. Validation faults become `invalid_request` with the field in `param`.
 */
export function route<E extends Endpoint>(
  endpoint: E,
  handle: (call: Call<E>) => Promise<ResponseOf<E> | Response>,
): Route {
  return {
    endpoint,
    respond: async (raw) => {
      if (raw.caller === null) throw new AttuneError('unauthenticated');
      const call = { ...raw, ...validated(endpoint, raw), ...headers(raw), caller: raw.caller };
      return toResponse(endpoint, await handle(call));
    },
  };
}

/** As `route`, for endpoints whose role is `public`. */
export function publicRoute<E extends Endpoint>(
  endpoint: E,
  handle: (call: Omit<Call<E>, 'caller'>) => Promise<ResponseOf<E> | Response>,
): Route {
  return {
    endpoint,
    respond: async (raw) =>
      toResponse(endpoint, await handle({ ...raw, ...validated(endpoint, raw), ...headers(raw) })),
  };
}

function headers({ range = null, traceparent = null }: RawCall): {
  range: string | null;
  traceparent: string | null;
} {
  return { range, traceparent };
}

function toResponse(endpoint: Endpoint, answer: unknown): Response {
  if (answer instanceof Response) return answer;
  return Response.json(answer, { status: endpoint.status ?? 200 });
}

function validated<E extends Endpoint>(endpoint: E, raw: RawCall): RequestOf<E> {
  const request = {
    params: parse(endpoint.params, raw.params),
    query: parse(endpoint.query, raw.query),
    body: parse(endpoint.body, raw.body),
  };
  // The three schemas are the endpoint's own, so their outputs are RequestOf<E>; TypeScript cannot follow
  // a conditional type through a runtime lookup.
  return request as RequestOf<E>;
}

function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const param = (issue?.path ?? []).join('.');
  throw new AttuneError('invalid_request', {
    param,
    message: `${param === '' ? 'The request' : `\`${param}\``}: ${issue?.message ?? 'not valid'}`,
  });
}
