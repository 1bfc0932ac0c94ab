import { Worker } from 'node:worker_threads';
import type { SnapshotPair } from '@attune/contracts';
import type { TrainableFeedback } from '../trainable.ts';
import { untilEnd } from '../worker-run.ts';
import type { AssemblyOutcome, AssemblySettings, GivenPair } from './assembly.ts';

/** What a preparation worker is told: the data in pages, then the settings, which start the work. */
export type ToAssembler =
  | { readonly feedback: TrainableFeedback[] }
  | { readonly given: GivenPair[] }
  | { readonly settings: AssemblySettings };

/** What it answers: the generated pairs in parts, so that none holds up the event loop, then the outcome without them. */
export type FromAssembler = { readonly generated: SnapshotPair[] } | { readonly outcome: AssemblyOutcome };

/** The pages a set is made from. */
export interface AssemblyInput {
  readonly feedback: AsyncIterable<TrainableFeedback[]>;
  readonly given: AsyncIterable<GivenPair[]>;
}

/**
 * Assembles a set in a worker thread: duplicates among a hundred thousand answers take seconds.
 * @throws AttuneError `overloaded` when the room stops
 */
export async function assembleInWorker(
  input: AssemblyInput,
  settings: AssemblySettings,
  stopping: AbortSignal,
): Promise<AssemblyOutcome> {
  const worker = new Worker(new URL('./prepare.worker.ts', import.meta.url));
  const generated: SnapshotPair[] = [];
  let outcome: AssemblyOutcome | undefined;
  const ended = untilEnd(worker, stopping, (message) => {
    const part = message as FromAssembler;
    if ('generated' in part) generated.push(...part.generated);
    else outcome = part.outcome;
  });
  await Promise.all([ended, tell(worker, input, settings)]).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  if (outcome === undefined) throw new Error('the preparation ended without an outcome');
  return 'set' in outcome ? { set: { ...outcome.set, generated } } : outcome;
}

async function tell(worker: Worker, input: AssemblyInput, settings: AssemblySettings): Promise<void> {
  const send = (message: ToAssembler) => worker.postMessage(message);
  for await (const feedback of input.feedback) send({ feedback });
  for await (const given of input.given) send({ given });
  send({ settings });
}
