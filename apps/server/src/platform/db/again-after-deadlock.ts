const DEADLOCK = '40P01';
const TRIES = 5;

function isDeadlock(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === DEADLOCK;
}

/**
 * Runs a transaction again, five times at most, when the database ended it to resolve a deadlock: nothing of it was
 * kept. For work on so many rows that no order of locking suits everybody else.
 * @throws what the transaction throws
 */
export async function againAfterDeadlock<Result>(transaction: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === TRIES || !isDeadlock(error)) throw error;
    }
  }
}
