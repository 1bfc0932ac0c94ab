import { z } from 'zod';
import { type Repetition, repeat } from '../../platform/repeat.ts';
import type { Learn } from '../learn.ts';
import { advanceRun } from './advance-run.ts';
import { lookAtRules } from './look-at-rules.ts';
import { RETRAIN } from './retrain-queue.ts';

const Data = z.object({ organization: z.string(), run: z.string() });
/** How often a server looks at the rules. */
const LOOK_MS = 5000;

/** Looks at the rules that retrain, and takes their runs from step to step. Every replica does; the database decides. */
export class Retraining {
  readonly #learn: Learn;
  readonly #stopping = new AbortController();
  #looks: Repetition | undefined;

  /** Says to the queue what to do; to be made before the queue starts. */
  constructor(learn: Learn) {
    this.#learn = learn;
    learn.platform.queue.define(RETRAIN, ({ data, signal }) => {
      const { organization, run: id } = Data.parse(data);
      return advanceRun(learn, { organization, id }, AbortSignal.any([signal, this.#stopping.signal]));
    });
  }

  start(): void {
    const { log } = this.#learn.platform;
    this.#looks = repeat(LOOK_MS, () => lookAtRules(this.#learn), log, 'looking at retraining rules');
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the server stops'));
    await this.#looks?.stop();
  }
}
