import { parentPort } from 'node:worker_threads';
import { batches } from '../batches.ts';
import { movable } from '../movable.ts';
import type { TrainableFeedback } from '../trainable.ts';
import { assemble } from './assemble.ts';
import type { FromAssembler, ToAssembler } from './assemble-in-worker.ts';
import type { GivenPair } from './assembly.ts';

const PAIRS_AT_ONCE = 1000;

const feedback: TrainableFeedback[] = [];
const given: GivenPair[] = [];

parentPort?.on('message', (message: ToAssembler) => {
  if ('feedback' in message) feedback.push(...message.feedback);
  else if ('given' in message) given.push(...message.given);
  else {
    const outcome = assemble(feedback, given, message.settings);
    if ('set' in outcome) {
      for (const generated of batches(outcome.set.generated, PAIRS_AT_ONCE)) answer({ generated });
      const snapshot = movable(outcome.set.snapshot);
      answer({ outcome: { set: { ...outcome.set, snapshot, generated: [] } } }, [snapshot.buffer]);
    } else answer({ outcome });
    parentPort?.close();
  }
});

function answer(message: FromAssembler, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
