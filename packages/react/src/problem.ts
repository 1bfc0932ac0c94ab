import { AttuneApiError } from '@attune/sdk';

/** Why the server did not take something, in words for the person who said it. */
export interface Problem {
  /** Code of the error catalogue, `unreachable` or `unknown`. */
  readonly code: string;
  readonly message: string;
  /** What to do about it; empty where there is nothing to say. */
  readonly hint: string;
  /** Seconds to wait before trying again, where the server said so. */
  readonly retryAfterSeconds: number | null;
}

/** The problem that a failed call stands for. */
export function problemOf(error: unknown): Problem {
  if (error instanceof AttuneApiError) {
    const { code, message, hint, retryAfterSeconds } = error;
    return { code, message, hint, retryAfterSeconds };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'unknown', message, hint: '', retryAfterSeconds: null };
}
