/** An error answer of the server, or `unreachable` when there was none. */
export class AttuneApiError extends Error {
  /** Code of the error catalogue. */
  readonly code: string;
  /** HTTP status; 0 when the server could not be reached. */
  readonly status: number;
  readonly hint: string;
  readonly param: string | null;
  readonly requestId: string | null;
  /** Seconds to wait before a retry, where the server said so. */
  readonly retryAfterSeconds: number | null;

  constructor(facts: {
    code: string;
    status: number;
    message: string;
    hint: string;
    param?: string | null;
    requestId?: string | null;
    retryAfterSeconds?: number | null;
    cause?: unknown;
  }) {
    super(facts.message, { cause: facts.cause });
    this.name = 'AttuneApiError';
    this.code = facts.code;
    this.status = facts.status;
    this.hint = facts.hint;
    this.param = facts.param ?? null;
    this.requestId = facts.requestId ?? null;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
  }
}

interface Body {
  error?: { code?: unknown; message?: unknown; hint?: unknown; param?: unknown; request_id?: unknown };
}

const text = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise);
const maybe = (value: unknown) => (typeof value === 'string' ? value : null);

/** The error that a failed response stands for. */
export async function errorOf(response: Response): Promise<AttuneApiError> {
  const body = (await response.json().catch(() => ({}))) as Body;
  const retryAfter = Number(response.headers.get('retry-after'));
  return new AttuneApiError({
    code: text(body.error?.code, 'unknown'),
    status: response.status,
    message: text(body.error?.message, `The server answered ${response.status}.`),
    hint: text(body.error?.hint, ''),
    param: maybe(body.error?.param),
    requestId: maybe(body.error?.request_id),
    retryAfterSeconds: retryAfter > 0 ? retryAfter : null,
  });
}
