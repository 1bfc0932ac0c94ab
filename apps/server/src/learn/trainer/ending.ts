import type { JobFailureCode, RunEvent } from '@attune/contracts';

/** How an attempt of a run ended. */
export type Ending =
  | { kind: 'done'; report: Record<string, unknown> }
  | { kind: 'failed'; code: JobFailureCode; message: string }
  /** Told to stop from outside; its checkpoint is there. */
  | { kind: 'stopped' }
  /** Nobody knows more than that it is gone. */
  | { kind: 'lost'; message: string };

/** Whether nothing follows such an event in the same attempt. */
export function isLast(event: RunEvent): boolean {
  return event.type === 'done' || event.type === 'failed' || event.type === 'stopped';
}

/** The ending that a trainer's own last event tells; null when it is not one. */
export function endingOf(event: RunEvent | undefined): Ending | null {
  switch (event?.type) {
    case 'done':
      return { kind: 'done', report: event.report };
    case 'failed':
      return { kind: 'failed', code: event.code, message: event.message };
    case 'stopped':
      return { kind: 'stopped' };
    default:
      return null;
  }
}

const OUT_OF_MEMORY =
  /out of memory|not enough memory|MemoryError|bad_alloc|oom-kill|Cannot allocate memory/i;

/** What is known of a trainer that is gone without a last word. */
interface Silence {
  /** What it printed at last. */
  printed: string;
  /** Whether the kernel has killed a process for lack of memory meanwhile. */
  lackedMemory: boolean;
  /** Whether there is a checkpoint to go on from. */
  resumable: boolean;
}

/** What became of it, most likely. */
export function endingOfSilence({ printed, lackedMemory, resumable }: Silence): Ending {
  if (lackedMemory || OUT_OF_MEMORY.test(printed)) {
    const message =
      'The memory ran out. Use a smaller batch_size (and a larger accumulation), a smaller max_length, an adapter (lora) or a smaller base model.';
    return { kind: 'failed', code: 'out_of_memory', message };
  }
  const next = resumable
    ? 'resume the job: it goes on from its checkpoint'
    : 'resume the job to run it again';
  const last = printed.trim().split('\n').at(-1) ?? '';
  const words = last === '' ? '' : ` The last that it printed: ${last.slice(0, 500)}`;
  return {
    kind: 'lost',
    message: `The trainer's process is gone without a last word, most likely killed from outside; ${next}.${words}`,
  };
}
