import { findPii } from './find-pii.ts';
import type { PiiSpan } from './kind.ts';

/**
 * The text with each piece of personal data replaced by its kind in brackets.
 * @example maskPii('Write to ann@example.com.') // { text: 'Write to [EMAIL].', spans: [{ start: 9, end: 24, kind: 'email' }] }
 */
export function maskPii(text: string): { text: string; spans: PiiSpan[] } {
  const spans = findPii(text);
  let masked = '';
  let at = 0;
  for (const { start, end, kind } of spans) {
    masked += `${text.slice(at, start)}[${kind.toUpperCase()}]`;
    at = end;
  }
  return { text: masked + text.slice(at), spans };
}
