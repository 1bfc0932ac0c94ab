import { performance } from 'node:perf_hooks';
import { AttuneError, type ShadowEnd } from '@attune/contracts';
import { type Repetition, repeat } from '../../platform/repeat.ts';
import { findModel, type ModelRow } from '../registry-store.ts';
import type { ShipPlatform } from '../ship-platform.ts';
import { endShadow } from './end-shadow.ts';
import type { AnswerSample, ShadowNeeds } from './shadow-needs.ts';
import { scoreByShadow } from './shadow-score.ts';
import {
  claimShadows,
  comeTo,
  insertShadowAnswers,
  type ShadowCounts,
  type ShadowRow,
  settle,
  shadowCounts,
  updateShadow,
} from './shadow-store.ts';

/** How often running shadows look for answers. */
const TICK_MS = 2000;
/** A replica that died with a shadow in hand holds it up for so long. */
const CLAIM_MS = 60_000;
/** What a shadow has not come to when an answer is so old, it drops: it never works off a heap under load. */
const PATIENCE_MS = 300_000;
/** Answers that a look scores at most, one after the other, and how long it goes on with them. */
const MOST_PER_LOOK = 20;
const LOOK_MS = 15_000;
/** Looking may take up to a tenth of the time: what took long is repeated less often. */
const REST_PER_LOOK = 10;

type Needs = Pick<ShadowNeeds, 'answers' | 'score'>;

/**
 * Has shadow models score answers that were delivered. Each shadow is looked after by one replica at a time; what is
 * drawn, and what was scored, stands in the database, so that any replica goes on where another stopped.
 */
export class ShadowClock {
  readonly #platform: ShipPlatform;
  readonly #needs: Needs;
  readonly #stopping = new AbortController();
  #repetition: Repetition | undefined;

  constructor(platform: ShipPlatform, needs: Needs) {
    this.#platform = platform;
    this.#needs = needs;
  }

  start(): void {
    this.#repetition = repeat(TICK_MS, () => this.tick(), this.#platform.log, 'scoring for shadows');
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#repetition?.stop();
  }

  /** Looks after every shadow that is due, once. */
  async tick(): Promise<void> {
    const { clock, database } = this.#platform;
    const now = clock.now();
    for (const shadow of await claimShadows(database.sql, now, later(now, CLAIM_MS))) {
      const began = performance.now();
      await this.#look(shadow, now);
      const rest = Math.max(TICK_MS, (performance.now() - began) * REST_PER_LOOK);
      await updateShadow(database.sql, shadow, { next_look_at: later(now, rest) });
    }
  }

  async #look(shadow: ShadowRow, now: Date): Promise<void> {
    const { sql } = this.#platform.database;
    const model = await findModel(sql, shadow.organization, shadow.model_id);
    const counts = await shadowCounts(sql, shadow, now);
    const reason = endOf(shadow, model, counts, now);
    if (reason !== null) return void (await endShadow(this.#platform, shadow, reason, 'system'));
    const from = await this.#settle(shadow, later(now, -PATIENCE_MS));
    const most = allowance(shadow, counts);
    if (most > 0 && model !== undefined) await this.#score(shadow, model, { from, most, now });
  }

  /** Counts what is too old to be scored; gives the time since which answers are still open. */
  async #settle(shadow: ShadowRow, horizon: Date): Promise<Date> {
    const { settled_to: from } = shadow;
    if (horizon <= from) return from;
    const { sql } = this.#platform.database;
    const drawn = await this.#needs.answers.count({ ...sampleOf(shadow), from, to: horizon });
    const done = await comeTo(sql, shadow, from, horizon);
    await settle(sql, shadow, horizon, Math.max(0, drawn - done.length));
    return horizon;
  }

  async #score(
    shadow: ShadowRow,
    { model_id: modelId, artifact_sha256: artifactSha256 }: ModelRow,
    { from, most, now }: { from: Date; most: number; now: Date },
  ): Promise<void> {
    const { sql } = this.#platform.database;
    const except = await comeTo(sql, shadow, from, null);
    const sample = { ...sampleOf(shadow), from, to: null };
    const answers = await this.#needs.answers.drawn(sample, { except, most });
    const until = performance.now() + LOOK_MS;
    for (const answer of answers) {
      if (this.#stopping.signal.aborted || performance.now() > until) return;
      const model = { modelId, artifactSha256: artifactSha256 ?? '' };
      const scored = await scoreByShadow(this.#needs.score, shadow, model, answer, now).catch(waitIfBusy);
      if (scored === null) return;
      await insertShadowAnswers(sql, [scored]);
    }
  }
}

/** Live traffic needs the threads: what was drawn waits for the next look, and is dropped if that is too long. */
function waitIfBusy(error: unknown): null {
  if (error instanceof AttuneError && error.code === 'overloaded') return null;
  throw error;
}

function sampleOf({ id, organization, share, model_id }: ShadowRow): Omit<AnswerSample, 'from' | 'to'> {
  return { organization, salt: id, share, notBy: model_id };
}

function endOf(
  { max_answers, until }: ShadowRow,
  model: ModelRow | undefined,
  { scored, failed }: ShadowCounts,
  now: Date,
): ShadowEnd | null {
  if (model === undefined || model.status === 'archived') return 'model_archived';
  if (scored + failed >= max_answers) return 'enough_answers';
  return until !== null && until <= now ? 'time_over' : null;
}

/** Answers that a look may score: spread over the hour, so that its first minutes don't stand for all of it. */
function allowance({ answers_per_hour, max_answers }: ShadowRow, counts: ShadowCounts): number {
  const { hour, minute, scored, failed } = counts;
  const left = [
    answers_per_hour - hour,
    Math.ceil(answers_per_hour / 60) - minute,
    max_answers - scored - failed,
    MOST_PER_LOOK,
  ];
  return Math.max(0, Math.min(...left));
}

function later(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds);
}
