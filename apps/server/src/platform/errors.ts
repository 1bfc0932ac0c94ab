import { AttuneError, type ErrorBody, errorCatalogue } from '@attune/contracts';

/** The body every failed request gets. */
export function errorBody(error: AttuneError, requestId: string): ErrorBody {
  const entry = errorCatalogue[error.code];
  return {
    error: {
      code: error.code,
      message: error.message,
      type: entry.type,
      param: error.details.param ?? null,
      hint: entry.hint,
      request_id: requestId,
      ...(error.details.upstream === undefined ? {} : { upstream: error.details.upstream }),
      ...(error.details.current === undefined ? {} : { current: error.details.current }),
    },
  };
}

/** The response for a failed request; 429 and 503 always say when to come back. */
export function errorResponse(error: AttuneError, requestId: string): Response {
  const headers: Record<string, string> = {};
  const retryAfter =
    error.details.retryAfterSeconds ?? (error.status === 503 || error.status === 429 ? 1 : null);
  if (retryAfter !== null) headers['retry-after'] = String(Math.max(1, Math.ceil(retryAfter)));
  if (error.status === 401) headers['www-authenticate'] = 'Bearer';
  return Response.json(errorBody(error, requestId), { status: error.status, headers });
}

/** Errors of the platform's own parts that callers should see under their catalogue name. */
export type ErrorTranslator = (error: unknown) => AttuneError | null;

/**
 * Any thrown value as a catalogue error. What nobody recognises is `internal_error`, with the original as its
 * cause for the log.
 */
export function toAttuneError(error: unknown, translators: readonly ErrorTranslator[]): AttuneError {
  if (error instanceof AttuneError) return error;
  for (const translate of translators) {
    const known = translate(error);
    if (known !== null) return known;
  }
  return new AttuneError('internal_error', {}, { cause: error });
}
