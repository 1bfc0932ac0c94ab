import { AttuneError } from '@attune/contracts';
import type { FailedCandidate, WrittenCandidate } from './candidate.ts';
import { since } from './conversation-row.ts';
import type { Draft } from './generator.ts';

/** A draft with the id that its candidate will have. */
export interface NumberedDraft {
  readonly id: string;
  readonly draft: Draft;
}

/** What came of asking for candidates at once. */
export interface Generated {
  readonly written: readonly WrittenCandidate[];
  readonly failed: readonly FailedCandidate[];
  /** Candidates still being written when time was up. */
  readonly late: readonly Promise<WrittenCandidate | FailedCandidate>[];
}

/** The client went away before its answer was complete. */
export class ClientLeft extends Error {
  constructor() {
    super('The client left.');
  }
}

/** Numbers drafts c1, c2, ... */
export function numbered(drafts: readonly Draft[], already = 0): NumberedDraft[] {
  return drafts.map((draft, index) => ({ id: `c${already + index + 1}`, draft }));
}

/**
 * Asks for every draft at once and waits until all are there or the time is up.
 * @param deadline of `performance.now()`
 * @param signal aborts what is being written; its reason is thrown
 */
export async function generate(
  drafts: readonly NumberedDraft[],
  deadline: number,
  signal: AbortSignal,
): Promise<Generated> {
  const done = new Map<string, WrittenCandidate | FailedCandidate>();
  const pending = new Map<string, Promise<WrittenCandidate | FailedCandidate>>();
  for (const numberedDraft of drafts) {
    const attempt = writeOne(numberedDraft, signal).then((candidate) => {
      pending.delete(candidate.id);
      done.set(candidate.id, candidate);
      return candidate;
    });
    pending.set(numberedDraft.id, attempt);
  }
  await allOrDeadline([...pending.values()], deadline);
  return { ...inOrder(drafts, done), late: [...pending.values()] };
}

/** Finished candidates in the order of their drafts, which decides ties. */
function inOrder(
  drafts: readonly NumberedDraft[],
  done: ReadonlyMap<string, WrittenCandidate | FailedCandidate>,
): Pick<Generated, 'written' | 'failed'> {
  const written: WrittenCandidate[] = [];
  const failed: FailedCandidate[] = [];
  for (const { id } of drafts) {
    const candidate = done.get(id);
    if (candidate === undefined) continue;
    if ('error' in candidate) failed.push(candidate);
    else written.push(candidate);
  }
  return { written, failed };
}

/** @throws the signal's reason, and what is no AttuneError: faults of the program, not of the upstream */
async function writeOne(
  { id, draft }: NumberedDraft,
  signal: AbortSignal,
): Promise<WrittenCandidate | FailedCandidate> {
  const start = performance.now();
  const { method } = draft;
  try {
    const generation = await draft.generate(signal);
    return { id, method, generation, latencyMs: since(start), merged: [] };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (!(error instanceof AttuneError)) throw error;
    return { id, method, error, latencyMs: since(start) };
  }
}

async function allOrDeadline(attempts: readonly Promise<unknown>[], deadline: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, deadline - performance.now()));
  });
  try {
    await Promise.race([Promise.all(attempts), timeUp]);
  } finally {
    clearTimeout(timer);
  }
}
