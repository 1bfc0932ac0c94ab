import type { ExperimentResults, SelfTestLook, SelfTestVerdict } from '@attune/contracts';
import { judgeSelfTest, leastOf } from '@attune/core';
import { newId } from '../../platform/ids.ts';
import { type Repetition, repeat } from '../../platform/repeat.ts';
import { experimentResults } from '../experiments/experiment-results.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { beginMissing, claimSelfTests, type SelfTestRow, updateSelfTest } from './self-test-store.ts';
import { type UserAnswers, type UserFeedback, virtualArms } from './virtual-arms.ts';

/** What users got and said since a time, and whom to tell when equal arms differ. */
export interface SelfTestNeeds {
  answers(organization: string, since: Date, most: number): Promise<readonly UserAnswers[]>;
  feedback(organization: string, since: Date, most: number): Promise<readonly UserFeedback[]>;
  tell(organization: string, verdict: SelfTestVerdict, look: SelfTestLook): Promise<void>;
}

const TICK_MS = 60_000;
const HOUR_MS = 3_600_000;
/** A test runs so long; then arms are drawn anew. */
export const RUN_MS = 28 * 24 * HOUR_MS;
/** Users that are looked at, however many there are. */
const MOST_USERS = 50_000;
/** Reactions at which intervals are tightest, as of experiments that nobody planned otherwise. */
const EXPECTED_REACTIONS = 2000;

/** Looks at the standing A/A test of every organisation once in an hour, by one replica. */
export class SelfTestClock {
  readonly #platform: Pick<ShipPlatform, 'database' | 'clock' | 'log'>;
  readonly #needs: SelfTestNeeds;
  #repetition: Repetition | undefined;

  constructor(platform: Pick<ShipPlatform, 'database' | 'clock' | 'log'>, needs: SelfTestNeeds) {
    this.#platform = platform;
    this.#needs = needs;
  }

  start(): void {
    this.#repetition = repeat(TICK_MS, () => this.tick(), this.#platform.log, 'looking at self-tests');
  }

  async stop(): Promise<void> {
    await this.#repetition?.stop();
  }

  /** Looks at every test that is due, once. */
  async tick(): Promise<void> {
    const { clock, database } = this.#platform;
    const now = clock.now();
    await beginMissing(database.sql, now);
    for (const row of await claimSelfTests(database.sql, now, new Date(now.getTime() + HOUR_MS)))
      await this.#look(row, now);
  }

  async #look(row: SelfTestRow, now: Date): Promise<void> {
    const { sql } = this.#platform.database;
    const { organization, started_at } = row;
    if (now.getTime() - started_at.getTime() >= RUN_MS) {
      const afresh = { salt: newId(), started_at: now, results: null, looks: '[]', told: false };
      return await updateSelfTest(sql, organization, afresh);
    }
    const [answers, feedback] = await Promise.all([
      this.#needs.answers(organization, started_at, MOST_USERS),
      this.#needs.feedback(organization, started_at, MOST_USERS),
    ]);
    const setup = {
      split: 0.5,
      criteria: [],
      expectedReactions: EXPECTED_REACTIONS,
      startedAt: started_at,
      sampleRatioSoFar: row.results?.sample_ratio_p_value ?? 1,
    };
    const results = experimentResults(setup, virtualArms(row.salt, answers, feedback), now);
    const look = lookOf(results);
    const verdict = verdictOf(results);
    const differs = verdict === 'differs' || verdict === 'sample_ratio_mismatch';
    if (differs && !row.told) await this.#needs.tell(organization, verdict, look);
    await updateSelfTest(sql, organization, {
      results: JSON.stringify(results),
      looks: JSON.stringify([...row.looks, look]),
      told: row.told || differs,
    });
  }
}

function lookOf({ at, metrics, sample_ratio_p_value }: ExperimentResults): SelfTestLook {
  return { at, p_value: leastOf(metrics.map(({ p_value }) => p_value)), sample_ratio_p_value };
}

/** What the newest look comes to. */
export function verdictOf({ metrics, users, sample_ratio_p_value }: ExperimentResults): SelfTestVerdict {
  return judgeSelfTest({
    pValues: metrics.map(({ p_value }) => p_value),
    sampleRatioPValue: sample_ratio_p_value,
    units: Math.min(users.control, users.treatment),
  });
}
