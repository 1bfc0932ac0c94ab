import type { Learn } from '../learn.ts';
import { endFailed } from './end-run.ts';
import { evaluateStep } from './evaluate-step.ts';
import { prepareStep } from './prepare-step.ts';
import type { RuleKey } from './rule-store.ts';
import { findRun, type RunRow } from './run-store.ts';
import { isForAnotherTry } from './step-failure.ts';
import { trainStep } from './train-step.ts';

/**
 * Takes a run from step to step until it waits for its training job, or has ended. Each step can be done again where a
 * process died in it: its data set and its job are known by the run. What fails ends the run, with the reason; a
 * database that is away and a server that stops leave it to another try.
 * @param stopping aborted when the server stops
 */
export async function advanceRun(learn: Learn, key: RuleKey, stopping: AbortSignal): Promise<void> {
  const run = await findRun(learn.platform.database.sql, key);
  if (run !== undefined && run.ended_at === null) await takeSteps(learn, run, stopping);
}

async function takeSteps(learn: Learn, run: RunRow, stopping: AbortSignal): Promise<void> {
  stopping.throwIfAborted();
  let next: RunRow | undefined;
  try {
    next = await takeStep(learn, run, stopping);
  } catch (error) {
    if (stopping.aborted || isForAnotherTry(error)) throw error;
    return await endFailed(learn, run, error);
  }
  if (next !== undefined) await takeSteps(learn, next, stopping);
}

/** The run at its next step; undefined when it waits, or somebody else has taken it there. */
function takeStep(learn: Learn, run: RunRow, stopping: AbortSignal): Promise<RunRow | undefined> {
  switch (run.step) {
    case 'prepare':
      return prepareStep(learn, run);
    case 'train':
      return trainStep(learn, run);
    case 'evaluate':
      return evaluateStep(learn, run, stopping);
  }
}
