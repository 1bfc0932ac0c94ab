import { AttuneApiError } from '@attune/sdk';
import type { Language } from '../text/language.ts';
import { errorWords } from './error-words.ts';
import { text } from './text.ts';

/** An error as people read it. */
export interface SaidError {
  readonly code: string;
  readonly message: string;
  /** What one can do about it; empty when nobody knows. */
  readonly hint: string;
  /** Names the log line of the server. */
  readonly requestId: string | null;
}

/** What the server said when it refused something. */
type Refusal = Pick<AttuneApiError, 'code' | 'message' | 'hint' | 'retryAfterSeconds'>;

/** Puts whatever was thrown into words; the server's catalogue has them for everything it refuses. */
export function saidError(thrown: unknown, language: Language = 'en'): SaidError {
  if (!(thrown instanceof AttuneApiError)) return surprise(thrown, language);
  return { ...saidRefusal(thrown, language), code: thrown.code, requestId: thrown.requestId };
}

/** Puts what the server refused into words. */
export function saidRefusal(refusal: Refusal, language: Language): { message: string; hint: string } {
  const t = text[language].errors;
  if (refusal.code === 'unreachable') return { message: t.unreachable, hint: t.unreachableHint };
  const { message, hint } = wordsOf(refusal, language);
  const { retryAfterSeconds } = refusal;
  return { message, hint: retryAfterSeconds === null ? hint : t.wait(retryAfterSeconds) };
}

/** The server speaks English; what it says of one request in particular is kept as it is. */
function wordsOf({ code, message, hint }: Refusal, language: Language): { message: string; hint: string } {
  const words = language === 'en' ? undefined : errorWords[language].get(code);
  if (words === undefined) return { message, hint };
  return { message: words.message, hint: words.hint ?? message };
}

function surprise(thrown: unknown, language: Language): SaidError {
  const t = text[language].errors;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'page_error',
    message: message === '' ? t.surprise : message,
    hint: t.surpriseHint,
    requestId: null,
  };
}

/** Whether the server no longer knows who asks. */
export function isSignedOut(thrown: unknown): boolean {
  return thrown instanceof AttuneApiError && thrown.code === 'unauthenticated';
}
