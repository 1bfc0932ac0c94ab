import { AttuneApiError } from '@attune/sdk';

const ATTEMPTS = 3;
const PAUSE_MS = 400;

/** A name for a write, so that the server knows it when it comes again. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function isPassing(error: unknown): boolean {
  return error instanceof AttuneApiError && (error.status === 0 || error.status >= 500);
}

/** Tries a write again when the connection broke; by its key the server carries it out once. */
export async function writeOnce<T>(write: (idempotencyKey: string) => Promise<T>): Promise<T> {
  const key = newKey();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write(key);
    } catch (error) {
      if (attempt === ATTEMPTS || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * PAUSE_MS));
    }
  }
}
