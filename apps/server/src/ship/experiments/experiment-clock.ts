import type { ExperimentLook, ExperimentResults } from '@attune/contracts';
import { type Repetition, repeat } from '../../platform/repeat.ts';
import type { Announce } from '../change-traffic.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { changeExperiment, end } from './change-experiment.ts';
import { type ExperimentEvidence, gather } from './experiment-evidence.ts';
import { experimentResults } from './experiment-results.ts';
import {
  claimExperiments,
  type ExperimentRow,
  insertLooks,
  lastLook,
  updateExperiment,
} from './experiment-store.ts';

/** How often running experiments are looked at. */
const TICK_MS = 5000;
/** A replica that died with an experiment in hand holds it up for so long. */
const CLAIM_MS = 60_000;
/** Looking may take up to a twentieth of the database's time: what took long is repeated less often. */
const REST_PER_LOOK = 20;
/** Intervals are kept at most so many times over an experiment's life, and not more often than each minute. */
const LOOKS_KEPT = 400;
const MINUTE_MS = 60_000;

export interface ExperimentClockNeeds {
  readonly evidence: ExperimentEvidence;
  /** An experiment ended by itself. */
  readonly onEnd: (experiment: ExperimentRow) => Promise<void>;
}

/** Looks at running experiments, keeps what was seen, ends those whose time is over or that do harm. */
export class ExperimentClock {
  readonly #platform: ShipPlatform;
  readonly #announce: Announce;
  readonly #needs: ExperimentClockNeeds;
  #repetition: Repetition | undefined;

  constructor(platform: ShipPlatform, announce: Announce, needs: ExperimentClockNeeds) {
    this.#platform = platform;
    this.#announce = announce;
    this.#needs = needs;
  }

  start(): void {
    this.#repetition = repeat(TICK_MS, () => this.tick(), this.#platform.log, 'looking at experiments');
  }

  async stop(): Promise<void> {
    await this.#repetition?.stop();
  }

  /** Looks at every experiment that is due, once. */
  async tick(): Promise<void> {
    const { clock, database } = this.#platform;
    const now = clock.now();
    for (const row of await claimExperiments(database.sql, now, later(now, CLAIM_MS))) {
      const began = performance.now();
      const results = await this.look(row, now);
      const rest = Math.max(TICK_MS, (performance.now() - began) * REST_PER_LOOK);
      await updateExperiment(database.sql, row, { next_look_at: later(now, rest) });
      await this.#endIfDue({ ...row, results }, now);
    }
  }

  /** Works out the results of an experiment from what there is now, and keeps them. */
  async look(row: ExperimentRow, now: Date): Promise<ExperimentResults> {
    const { sql } = this.#platform.database;
    const startedAt = row.start_date ?? now;
    const key = { organization: row.organization, experimentId: row.id, startedAt };
    const setup = {
      split: row.traffic_split,
      criteria: row.success_metrics,
      expectedReactions: row.expected_reactions,
      startedAt,
      sampleRatioSoFar: row.results?.sample_ratio_p_value ?? 1,
    };
    const results = experimentResults(setup, await gather(this.#needs.evidence, key), now);
    await updateExperiment(sql, row, { results: JSON.stringify(results) });
    if (await this.#isTimeToKeep(row, startedAt, now)) await insertLooks(sql, row.id, looksOf(results));
    return results;
  }

  async #isTimeToKeep(row: ExperimentRow, startedAt: Date, now: Date): Promise<boolean> {
    const last = await lastLook(this.#platform.database.sql, row.id);
    const life = (row.end_date ?? now).getTime() - startedAt.getTime();
    return last === null || now.getTime() - last.getTime() >= Math.max(MINUTE_MS, life / LOOKS_KEPT);
  }

  async #endIfDue(row: ExperimentRow, now: Date): Promise<void> {
    const isOver = row.end_date !== null && row.end_date <= now;
    const { verdict, metric } = row.results?.recommendation ?? { verdict: null, metric: null };
    const harms = verdict === 'stop';
    if (!isOver && !harms) return;
    const reason = harms ? `harmful: ${metric}` : 'its time is over';
    const act = { organization: row.organization, actor: 'system', action: 'experiment.ended' as const };
    // Somebody may have ended or paused it meanwhile: that is not to be told as ended by itself.
    let endsHere = false;
    const ended = await changeExperiment(this.#platform, this.#announce, act, row.id, (current) => {
      endsHere = current.status === 'running';
      return endsHere ? end(current, undefined, reason, now) : null;
    });
    if (endsHere) await this.#needs.onEnd(ended);
  }
}

function looksOf({ at, metrics }: ExperimentResults): ExperimentLook[] {
  return metrics.map(({ metric, difference }) => ({ at, metric, difference }));
}

function later(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds);
}
