import { setTimeout as delay } from 'node:timers/promises';
import { redact } from '../platform/redact.ts';

/** How one part is. */
export interface CheckResult {
  readonly ok: boolean;
  readonly message?: string;
}

/** Whether requests should come here, and how each part is. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: Record<string, CheckResult>;
}

/**
 * Runs all checks at once; a check passes by resolving. One that takes longer than `timeoutMs` has failed.
 * Messages are shown to anybody, so secrets are taken out of them.
 */
export async function readiness(
  checks: Readonly<Record<string, () => Promise<void>>>,
  timeoutMs = 2000,
): Promise<Readiness> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await run(check, timeoutMs)] as const),
  );
  return { ready: results.every(([, { ok }]) => ok), checks: Object.fromEntries(results) };
}

async function run(check: () => Promise<void>, timeoutMs: number): Promise<CheckResult> {
  const finished = new AbortController();
  const late = async () => {
    await delay(timeoutMs, undefined, { signal: finished.signal });
    throw new Error(`no answer within ${timeoutMs} ms`);
  };
  try {
    await Promise.race([check(), late()]);
    return { ok: true };
  } catch (error) {
    return { ok: false, message: redact(error instanceof Error ? error.message : String(error)) };
  } finally {
    finished.abort();
  }
}
