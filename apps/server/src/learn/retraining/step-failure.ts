import { AttuneError } from '@attune/contracts';
import { DatabaseUnavailable } from '../../platform/db/unavailable.ts';

/** Whether a step did not fail but could not be tried: the database is away, or others have taken what there is. */
export function isForAnotherTry(error: unknown): boolean {
  if (error instanceof AttuneError)
    return error.code === 'overloaded' || error.code === 'database_unavailable';
  return error instanceof DatabaseUnavailable;
}

/** What is said of a step that failed. */
export function reasonOf(error: unknown): string {
  if (error instanceof AttuneError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
