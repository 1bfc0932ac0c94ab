import type { ErrorCode } from '@attune/contracts';
import { type ErrorTranslator, errorResponse, toAttuneError } from '../errors.ts';
import type { Log } from '../log.ts';

export interface FailureNeeds {
  readonly log: Log;
  readonly translators: readonly ErrorTranslator[];
}

/** A server that sheds load must not spend its time on saying so. */
const levels: Partial<Record<ErrorCode, 'error' | 'debug'>> = {
  internal_error: 'error',
  overloaded: 'debug',
};

/** The answer to a request that failed; failures of the server's own go to the log with their cause. */
export function failure(needs: FailureNeeds, request: Request, thrown: unknown, requestId: string): Response {
  const error = toAttuneError(thrown, needs.translators);
  if (error.status >= 500) {
    const { method } = request;
    const { pathname: path } = new URL(request.url);
    const fields = { requestId, code: error.code, method, path, err: error.cause ?? error };
    needs.log[levels[error.code] ?? 'warn'](fields, 'request failed');
  }
  return errorResponse(error, requestId);
}
