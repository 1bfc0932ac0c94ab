import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunEvent } from '@attune/contracts';
import { RareWarning } from '../../platform/rare-warning.ts';
import type { JobRow } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import { concludeRun } from './conclude-run.ts';
import { type Ending, endingOf, endingOfSilence, isLast } from './ending.ts';
import { EventTail } from './event-tail.ts';
import { ArtifactDamaged, keepArtifact } from './keep-artifact.ts';
import { detach } from './orphans.ts';
import { EVENTS_FILE, removeCheckpoints } from './run-folder.ts';
import { limitCrossed } from './run-limits.ts';
import { printedBy } from './run-log.ts';
import type { RunProcess } from './run-process.ts';
import { type Standing, storeRunEvents } from './store-run-events.ts';

const LOOK_MS = 250;
/** How often the database hears that somebody reads, when there is nothing to store. */
const RENEW_MS = 2000;
/** How often hours and budget are looked at. */
const LIMITS_MS = 5000;
/** A trainer that says nothing for so long is gone: seven signs of life. */
const SILENCE_MS = 15_000;
/** Loading torch from a cold disk takes its time; from the first word on, signs of life come every two seconds. */
const START_MS = 180_000;

/**
 * Reads what the trainer of one attempt says until the attempt has ended, and brings its job to the same end. Several
 * servers may know the job: the one whose name stands in it reads.
 */
export class LocalRun {
  readonly #learn: Learn;
  readonly #process: RunProcess;
  readonly #folder: string;
  readonly #attachedBy: string;
  readonly #tail: EventTail;
  #job: JobRow;
  /** Read, and not stored yet. */
  #unstored: RunEvent[] = [];
  #notes: string[] = [];
  /** The trainer's last word, kept until its process is gone and nothing has followed. */
  #last: RunEvent | undefined;
  #silentMs = 0;
  #hasSpoken: boolean;
  readonly #warning: RareWarning;
  #renewed = 0;
  #limitsAsked = 0;

  constructor(learn: Learn, job: JobRow, process: RunProcess, folder: string, attachedBy: string) {
    this.#learn = learn;
    this.#job = job;
    this.#process = process;
    this.#folder = folder;
    this.#attachedBy = attachedBy;
    const { log } = learn.platform;
    this.#warning = new RareWarning({ log, message: `run ${job.id} could not be followed for a moment` });
    this.#tail = new EventTail(join(folder, EVENTS_FILE), job.last_sequence);
    this.#hasSpoken = job.status === 'training';
  }

  /** @param leaving aborted when the server stops: the trainer goes on, and the next server reads it */
  async follow(leaving: AbortSignal): Promise<void> {
    let wake = () => {};
    const deaf = this.#learn.bell.listen(this.#job.id, () => {
      // Somebody may have cancelled it: look at once.
      this.#renewed = 0;
      wake();
    });
    try {
      for (let goesOn = true; goesOn; ) {
        goesOn = !leaving.aborted;
        // A last look, so that a job which was cancelled just now is not left running.
        if (!goesOn) this.#renewed = 0;
        const rung = new Promise<void>((resolve) => {
          wake = resolve;
        });
        if (await this.#look().catch((error: unknown) => this.#holdOn(error))) return;
        await Promise.race([rung, pause(LOOK_MS, undefined, { signal: leaving }).catch(() => undefined)]);
      }
    } finally {
      deaf();
    }
  }

  /** A database that is away is waited for: what was read is kept. */
  #holdOn(error: unknown): false {
    this.#warning.warn(error);
    return false;
  }

  /** Whether the attempt is over for this server. */
  async #look(): Promise<boolean> {
    // Asked before reading: what a process said before it ended is then read.
    const isAlive = await this.#process.isAlive();
    await this.#read();
    const damaged = await this.#keepArtifacts();
    const standing = await this.#store();
    if (standing.job === null) return standing.state === 'released' || (await this.#giveWay());
    this.#job = standing.job;
    if (standing.state === 'ended') return await this.#endCancelled();
    const ending = damaged ?? (await this.#limitCrossed());
    if (ending !== null) return await this.#endBy(ending);
    const isSilent = this.#silentMs > (this.#hasSpoken ? SILENCE_MS : START_MS);
    return isAlive && !isSilent ? false : await this.#endGone(isAlive);
  }

  async #limitCrossed(): Promise<Ending | null> {
    const now = performance.now();
    if (now - this.#limitsAsked < LIMITS_MS) return null;
    this.#limitsAsked = now;
    return await limitCrossed(this.#learn, this.#job);
  }

  async #read(): Promise<void> {
    let heard = 0;
    for (let more = true; more; ) {
      const read = await this.#tail.read();
      more = read.more;
      heard += read.events.length;
      this.#unstored.push(...read.events);
      this.#notes.push(...read.unfit);
    }
    // Looks are counted, not time: while the machine slept nobody could speak.
    this.#silentMs = heard > 0 ? 0 : this.#silentMs + LOOK_MS;
    this.#hasSpoken ||= heard > 0;
    this.#holdBackLast();
  }

  #holdBackLast(): void {
    if (this.#unstored.length === 0) return;
    if (this.#last !== undefined) this.#unstored.unshift(this.#last);
    const last = this.#unstored.at(-1);
    this.#last = last !== undefined && isLast(last) ? this.#unstored.pop() : undefined;
  }

  async #store(): Promise<Standing> {
    const now = performance.now();
    const isNothing = this.#unstored.length === 0 && this.#notes.length === 0;
    if (isNothing && now - this.#renewed < RENEW_MS) return { job: this.#job, state: 'running' };
    const { id, organization } = this.#job;
    const speaker = { id, organization, run: this.#process.run, attachedBy: this.#attachedBy };
    const standing = await storeRunEvents(this.#learn.platform, speaker, this.#unstored, this.#notes);
    this.#unstored = [];
    this.#notes = [];
    if (!isNothing) await this.#learn.bell.ring(id);
    this.#renewed = now;
    return standing;
  }

  /** Takes the files that the trainer named; what is wrong with one ends the run. */
  async #keepArtifacts(): Promise<Ending | null> {
    try {
      for (const event of this.#unstored) {
        if (event.type === 'artifact') await keepArtifact(this.#learn.platform, this.#folder, event);
      }
      return null;
    } catch (error) {
      if (error instanceof ArtifactDamaged) {
        const message = `${error.message} Resume the job to make it again.`;
        return { kind: 'failed', code: 'artifact_damaged', message };
      }
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
        const message = 'The disk is full. Make room and resume the job: it goes on from its checkpoint.';
        return { kind: 'failed', code: 'disk_full', message };
      }
      throw error;
    }
  }

  /** Another attempt speaks for the job, so this one must not go on writing into its folder. */
  async #giveWay(): Promise<true> {
    await this.#process.stop();
    return true;
  }

  /** Cancelled: the process gets its time for a last checkpoint, which is still told. */
  async #endCancelled(): Promise<true> {
    await this.#process.stop();
    await this.#read();
    if (this.#last !== undefined) this.#unstored.push(this.#last);
    this.#last = undefined;
    await this.#store();
    await detach(this.#learn.platform.database.sql, this.#job);
    return true;
  }

  async #endBy(ending: Ending): Promise<true> {
    await this.#process.stop();
    await this.#read();
    await this.#store();
    await concludeRun(this.#learn, this.#job, ending, this.#last?.sequence);
    return true;
  }

  /** @param wasAlive it said nothing, and nobody had ended it */
  async #endGone(wasAlive: boolean): Promise<true> {
    // Workers of a leader that was killed would go on alone, and one that is silent would never end.
    await this.#process.kill();
    const ending = endingOf(this.#last) ?? (await this.#endingOfSilence(wasAlive));
    await concludeRun(this.#learn, this.#job, ending, this.#last?.sequence);
    // Nobody goes on from them any more, and each is as large as the model and more.
    if (ending.kind === 'done') await removeCheckpoints(this.#folder);
    return true;
  }

  async #endingOfSilence(wasAlive: boolean): Promise<Ending> {
    const printed = await printedBy(this.#learn.needs.trainer.runsFolder, this.#job.id, this.#process.run);
    const lackedMemory = !wasAlive && (await this.#process.lackedMemory());
    return endingOfSilence({ printed, lackedMemory, resumable: this.#job.checkpoint_step !== null });
  }
}
