import { queryKey } from '../query-key.ts';

/** A question with the turns before it; without a context it stands alone. */
export interface Asked {
  readonly query: string;
  readonly context?: string | undefined;
}

/**
 * What tells questions apart: answers are to the same question only when the {@link queryKey} of the query agrees and
 * that of the turns before it. "And for children?" after two different answers is two questions.
 */
export function questionKey({ query, context }: Asked): string {
  const key = queryKey(query);
  const before = context ? queryKey(context) : '';
  // Keys hold no line breaks, so that no query has the key of another with a context.
  return before === '' ? key : `${key}\n${before}`;
}
