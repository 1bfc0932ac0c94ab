import { AttuneError } from '@attune/contracts';
import { Overloaded } from './db/group-commit.ts';
import { DatabaseUnavailable } from './db/unavailable.ts';
import type { ErrorTranslator } from './errors.ts';

/** What callers are told when the platform's own parts fail. */
export const translators: readonly ErrorTranslator[] = [
  (error) =>
    error instanceof DatabaseUnavailable
      ? new AttuneError('database_unavailable', { retryAfterSeconds: 2 }, { cause: error })
      : null,
  (error) =>
    error instanceof Overloaded
      ? new AttuneError('overloaded', { retryAfterSeconds: 1 }, { cause: error })
      : null,
];
