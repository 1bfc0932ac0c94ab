import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { Role, Room } from './roles.ts';

/** One route of the HTTP API, as data: validation, OpenAPI, the SDK and the access test derive from it. */
export interface Endpoint {
  /** Name of the SDK method and OpenAPI operationId. */
  readonly id: string;
  readonly room: Room;
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** Path with `:name` parameters. */
  readonly path: `/${string}`;
  readonly summary: string;
  /** Lowest role that may call it, or `public` for nobody in particular. */
  readonly role: Role | 'public';
  /** Also open to the short-lived token that came with an answer, for that answer only. */
  readonly feedbackToken?: true;
  /** Open to the token of a running job, and to nobody else. */
  readonly jobToken?: true;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The body is no JSON but bytes of one of these media types, at most so many; the handler gets a File. */
  readonly sends?: { readonly types: readonly string[]; readonly maxBytes: number };
  readonly response: z.ZodType;
  /** HTTP status of success; 200 unless said. */
  readonly status?: 200 | 201 | 202;
  /** `json` unless said; `chat` is JSON or server-sent events as the body asks; `bytes` is a download. */
  readonly answers?: 'json' | 'sse' | 'chat' | 'bytes';
  /** The answer holds a secret that is shown once: it is never kept, so an Idempotency-Key has no effect. */
  readonly secretAnswer?: true;
  /** Errors beside the ones that every route can give. */
  readonly errors: readonly ErrorCode[];
}

/** Declares an endpoint and keeps its exact type. */
export function endpoint<const E extends Endpoint>(declaration: E): E {
  return declaration;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Sent<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

/** What a handler receives: validated, defaults filled in. */
export interface RequestOf<E extends Endpoint> {
  params: Parsed<E['params']>;
  query: Parsed<E['query']>;
  body: Parsed<E['body']>;
}

/** What a client sends: fields with defaults may be left out. */
export interface SentBy<E extends Endpoint> {
  params: Sent<E['params']>;
  query: Sent<E['query']>;
  body: Sent<E['body']>;
}

export type ResponseOf<E extends Endpoint> = z.output<E['response']>;
