interface Facts {
  code: string;
  status: number;
  message: string;
  hint: string;
  param?: string | null;
  requestId?: string | null;
  retryAfterSeconds?: number | null;
  current?: unknown;
  cause?: unknown;
}

/** An error answer of the server, or `unreachable` when there was none. */
export class AttuneApiError extends Error {
  /** Code of the error catalogue, `unreachable`, or `unknown` when what answers is no Attune server. */
  readonly code: string;
  /** HTTP status; 0 when the server could not be reached, or failed in the middle of a stream. */
  readonly status: number;
  readonly hint: string;
  readonly param: string | null;
  readonly requestId: string | null;
  /** Seconds to wait before a retry, where the server said so. */
  readonly retryAfterSeconds: number | null;
  /** With a conflict: what was to be changed, as it is now on the server. */
  readonly current: unknown;

  constructor(facts: Facts) {
    super(facts.message, { cause: facts.cause });
    this.name = 'AttuneApiError';
    this.code = facts.code;
    this.status = facts.status;
    this.hint = facts.hint;
    this.param = facts.param ?? null;
    this.requestId = facts.requestId ?? null;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
    this.current = facts.current;
  }
}

/** What the server says of a failure: the `error` of a body or of an event; null where there is none. */
export function errorIn(body: unknown, status: number): AttuneApiError | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null;
  if (typeof body.error !== 'object' || body.error === null) return null;
  const said = new Map<string, unknown>(Object.entries(body.error));
  const text = (name: string) => {
    const value = said.get(name);
    return typeof value === 'string' ? value : null;
  };
  return new AttuneApiError({
    code: text('code') ?? 'unknown',
    status,
    message: text('message') ?? `The server answered ${status}.`,
    hint: text('hint') ?? '',
    param: text('param'),
    requestId: text('request_id'),
    current: said.get('current'),
  });
}

/** The error that a failed response stands for. */
export async function errorOf(response: Response): Promise<AttuneApiError> {
  const { status, headers } = response;
  // What is no JSON was not written by Attune: a proxy before it, or another server.
  const body: unknown = await response.json().catch(() => null);
  const said = errorIn(body, status);
  const retryAfter = Number(headers.get('retry-after'));
  return new AttuneApiError({
    code: said?.code ?? 'unknown',
    status,
    message: said?.message ?? `The server answered ${status}.`,
    hint: said?.hint ?? '',
    param: said?.param ?? null,
    requestId: said?.requestId ?? headers.get('x-request-id'),
    retryAfterSeconds: retryAfter > 0 ? retryAfter : null,
    current: said?.current,
  });
}

/** The error for a server that does not answer, or stops in the middle of an answer. */
export function unreachable(url: string, cause: unknown): AttuneApiError {
  return new AttuneApiError({
    code: 'unreachable',
    status: 0,
    message: `No Attune server answers at ${url === '' ? 'the address of this page' : url}.`,
    hint: 'Start one with `attune up`, or set ATTUNE_URL to where it runs.',
    cause,
  });
}

/** The error for a successful answer that is not what Attune answers. */
export function notAttune(url: string, status: number, cause: unknown): AttuneApiError {
  return new AttuneApiError({
    code: 'unknown',
    status,
    message: `What answers at ${url} is no Attune server.`,
    hint: 'Check the address; it ends before /api and /v1.',
    cause,
  });
}
