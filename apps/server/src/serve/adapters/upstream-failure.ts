import type { IncomingHttpHeaders } from 'node:http';
import { AttuneError, type ErrorCode, type ErrorDetails } from '@attune/contracts';
import { z } from 'zod';
import type { WholeAnswer } from './exchange.ts';

/** A failure of the upstream in the catalogue's words, with what a retry needs to know. */
export class UpstreamFailure extends AttuneError {
  /** Whether the same request can succeed a moment later. */
  readonly passing: boolean;
  /** Name of the request field that the upstream does not accept, where it says so. */
  readonly refusedField: string | null;

  constructor(
    code: ErrorCode,
    details: ErrorDetails,
    { passing = false, refusedField = null }: { passing?: boolean; refusedField?: string | null } = {},
    options?: ErrorOptions,
  ) {
    super(code, details, options);
    this.passing = passing;
    this.refusedField = refusedField;
  }
}

const LONGEST_WORDS = 1000;

const ErrorAnswer = z.looseObject({
  error: z.union([
    z.string(),
    z.looseObject({
      message: z.string().optional(),
      code: z.union([z.string(), z.number()]).nullish(),
      param: z.string().nullish(),
    }),
  ]),
});

interface UpstreamWords {
  upstream: string;
  code: string;
  param: string | null;
}

/** Reads an answer whose status is not a success. */
export function failureOf(answer: WholeAnswer): UpstreamFailure {
  const words = wordsOf(answer.text);
  const { upstream } = words;
  const { status } = answer;
  if (status === 429) return rateLimited(answer.headers, words);
  if (status === 401 || status === 403) {
    return new UpstreamFailure('upstream_unavailable', {
      message: "The upstream model does not accept Attune's key.",
      upstream,
    });
  }
  if (status === 404) return notFound(words);
  if (status === 408 || status === 504) {
    return new UpstreamFailure('upstream_timeout', { upstream }, { passing: true });
  }
  if (status >= 500) {
    const retryAfterSeconds = retryAfter(answer.headers);
    const details = retryAfterSeconds === undefined ? { upstream } : { upstream, retryAfterSeconds };
    return new UpstreamFailure('upstream_unavailable', details, { passing: true });
  }
  return new UpstreamFailure('upstream_rejected', rejection(words), { refusedField: words.param });
}

/** Reads an error that comes as data of a successful answer or of a stream, or null when it is none. */
export function failureInData(data: unknown): UpstreamFailure | null {
  if (!ErrorAnswer.safeParse(data).success) return null;
  const { upstream } = wordsOf(JSON.stringify(data));
  return new UpstreamFailure('upstream_unavailable', { upstream });
}

/** An answer that is no chat completion. */
export function notACompletion(cause: unknown): UpstreamFailure {
  const message = 'The upstream answered with something that is not a chat completion.';
  return new UpstreamFailure('upstream_unavailable', { message }, {}, { cause });
}

/** A stream that ended before its answer did. */
export function brokenOff(): UpstreamFailure {
  const message = 'The upstream broke off in the middle of its answer.';
  return new UpstreamFailure('upstream_unavailable', { message });
}

const CONNECTION_TIMEOUT = 'UND_ERR_CONNECT_TIMEOUT';
const SILENCE = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** Reads an error of the connection. `begun`: whether part of the answer had arrived, after which nothing is retried. */
export function failureOfConnection(error: unknown, begun = false): AttuneError {
  if (error instanceof AttuneError) return error;
  const code = z.object({ code: z.string() }).safeParse(error).data?.code ?? '';
  if (SILENCE.has(code)) return new UpstreamFailure('upstream_timeout', {}, {}, { cause: error });
  const message = code === CONNECTION_TIMEOUT ? 'The upstream model does not accept connections.' : undefined;
  return new UpstreamFailure(
    'upstream_unavailable',
    message === undefined ? {} : { message },
    { passing: !begun },
    { cause: error },
  );
}

function rateLimited(headers: IncomingHttpHeaders, { upstream, code }: UpstreamWords): UpstreamFailure {
  const retryAfterSeconds = retryAfter(headers);
  const details = retryAfterSeconds === undefined ? { upstream } : { upstream, retryAfterSeconds };
  // An account without credit answers 429 too; waiting does not help there.
  return new UpstreamFailure('upstream_rate_limited', details, { passing: code !== 'insufficient_quota' });
}

function notFound({ upstream, code }: UpstreamWords): UpstreamFailure {
  if (code === 'model_not_found' || /model/i.test(upstream)) {
    return new UpstreamFailure('model_not_found', { param: 'model', upstream });
  }
  const message = 'The upstream has no chat completions at ATTUNE_UPSTREAM_URL.';
  return new UpstreamFailure('upstream_unavailable', { message, upstream });
}

function rejection({ upstream, param }: UpstreamWords): ErrorDetails {
  return param === null ? { upstream } : { upstream, param };
}

function wordsOf(text: string): UpstreamWords {
  const parsed = ErrorAnswer.safeParse(parseOrNull(text));
  if (!parsed.success) return { upstream: shown(text), code: '', param: null };
  const { error } = parsed.data;
  if (typeof error === 'string') return { upstream: shown(error), code: '', param: null };
  const { message = JSON.stringify(error), code, param } = error;
  return { upstream: shown(message), code: String(code ?? ''), param: param ?? null };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // An upstream's proxy may well answer with HTML: then the text itself is what it said.
  }
}

/** Upstreams repeat parts of the key they refuse; it must not travel to the client. */
function shown(words: string): string {
  return words.replace(/\b(sk|key|gsk|hf)[-_][\w*.-]{4,}/gi, '[key]').slice(0, LONGEST_WORDS);
}

/** Seconds that `retry-after` (seconds or a date, RFC 9110 10.2.3) or `retry-after-ms` asks for. */
export function retryAfter(headers: IncomingHttpHeaders, now = Date.now()): number | undefined {
  const milliseconds = Number(headers['retry-after-ms'] ?? Number.NaN);
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds / 1000);
  const value = headers['retry-after'];
  if (value === undefined || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}
