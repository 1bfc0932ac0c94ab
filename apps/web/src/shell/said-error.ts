import { AttuneApiError } from '@attune/sdk';

/** An error as people read it. */
export interface SaidError {
  readonly code: string;
  readonly message: string;
  /** What one can do about it; empty when nobody knows. */
  readonly hint: string;
  /** Names the log line of the server. */
  readonly requestId: string | null;
}

/** Puts whatever was thrown into words; the server's catalogue has them for everything it refuses. */
export function saidError(thrown: unknown): SaidError {
  if (!(thrown instanceof AttuneApiError)) return surprise(thrown);
  if (thrown.code === 'unreachable') return unreachable;
  const { code, message, requestId } = thrown;
  return { code, message, hint: hintOf(thrown), requestId };
}

/** What is said when no server answers: the page cannot tell a stopped server from a broken network. */
const unreachable: SaidError = {
  code: 'unreachable',
  message: 'The server does not answer.',
  hint: 'Check your connection and that Attune is running, then try again.',
  requestId: null,
};

function hintOf({ hint, retryAfterSeconds }: AttuneApiError): string {
  if (retryAfterSeconds === null) return hint;
  return `Try again in ${retryAfterSeconds} ${retryAfterSeconds === 1 ? 'second' : 'seconds'}.`;
}

function surprise(thrown: unknown): SaidError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'page_error',
    message: message === '' ? 'Something went wrong in this page.' : message,
    hint: 'Reload the page and try again.',
    requestId: null,
  };
}

/** Whether the server no longer knows who asks. */
export function isSignedOut(thrown: unknown): boolean {
  return thrown instanceof AttuneApiError && thrown.code === 'unauthenticated';
}
