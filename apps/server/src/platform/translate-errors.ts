import { AttuneError } from '@attune/contracts';
import pg from 'pg';
import { Overloaded } from './db/group-commit.ts';
import { DatabaseUnavailable } from './db/unavailable.ts';
import type { ErrorTranslator } from './errors.ts';

/** SQLSTATEs (PostgreSQL appendix A) of a text with NUL or half a surrogate pair, which only a caller can have sent. */
const UNSTORABLE_TEXT = new Set(['22021', '22P05']);

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
  (error) =>
    error instanceof pg.DatabaseError && UNSTORABLE_TEXT.has(error.code ?? '')
      ? new AttuneError(
          'invalid_request',
          { message: 'A text holds a character that no database stores (NUL).' },
          { cause: error },
        )
      : null,
];
