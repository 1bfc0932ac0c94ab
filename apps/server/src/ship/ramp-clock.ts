import { performance } from 'node:perf_hooks';
import type { Ramp } from '@attune/contracts';
import { decideRamp, defaultRampGuards, type RampDecision } from '@attune/core';
import { type Repetition, repeat } from '../platform/repeat.ts';
import { nextStep } from './advance.ts';
import { type Announce, changeTraffic } from './change-traffic.ts';
import { type Observations, observe } from './observe.ts';
import { claimRamps, type RampRow, updateRamp } from './ramp-store.ts';
import { rampView } from './ramp-view.ts';
import { undo } from './rollback.ts';
import type { ShipPlatform } from './ship-platform.ts';

/** How often ramps under way are looked at. */
const TICK_MS = 1000;
/** A replica that died with a ramp in hand holds it up for so long. */
const CLAIM_MS = 10_000;
/** Looking at a ramp may take up to a twentieth of the database's time: what took long is repeated less often. */
const REST_PER_LOOK = 20;

interface Needs {
  readonly observations: Observations;
  readonly onRollback: (ramp: Ramp, organization: string) => void;
}

/** Moves ramps on, or back, by what was observed. Each ramp is looked at by one replica at a time. */
export class RampClock {
  readonly #platform: ShipPlatform;
  readonly #announce: Announce;
  readonly #needs: Needs;
  #repetition: Repetition | undefined;

  constructor(platform: ShipPlatform, announce: Announce, needs: Needs) {
    this.#platform = platform;
    this.#announce = announce;
    this.#needs = needs;
  }

  start(): void {
    this.#repetition = repeat(TICK_MS, () => this.tick(), this.#platform.log, 'moving ramps on');
  }

  async stop(): Promise<void> {
    await this.#repetition?.stop();
  }

  /** Looks at every ramp that is due, once. */
  async tick(): Promise<void> {
    const { clock, database } = this.#platform;
    const now = clock.now();
    for (const ramp of await claimRamps(database.sql, now, later(now, CLAIM_MS))) {
      const began = performance.now();
      await this.#look(ramp, now);
      const rest = Math.max(TICK_MS, (performance.now() - began) * REST_PER_LOOK);
      await updateRamp(database.sql, ramp, { next_check_at: later(now, rest) });
    }
  }

  async #look(ramp: RampRow, now: Date): Promise<void> {
    const seen = await observe(this.#needs.observations, ramp, now);
    const decision = decideRamp({ steps: ramp.steps, guards: defaultRampGuards }, ramp.step, seen);
    if (decision.action !== 'hold') await this.#carryOut(ramp, decision);
  }

  /** Does nothing where someone else moved the ramp since it was looked at. */
  async #carryOut(ramp: RampRow, decision: RampDecision): Promise<void> {
    const { organization } = ramp;
    const back = decision.action === 'roll_back';
    const action = back ? ('model.rolled_back' as const) : ('model.advanced' as const);
    const act = { organization, actor: 'system', action, reason: decision.reason };
    const changed = await changeTraffic(this.#platform, this.#announce, act, async (tx, inForce, now) => {
      const same = inForce?.id === ramp.id && inForce.state === 'ramping' && inForce.step === ramp.step;
      if (!same) return null;
      return await (back ? undo(tx, inForce, decision.reason, now) : nextStep(tx, inForce, now));
    });
    if (changed?.state === 'rolled_back') this.#needs.onRollback(rampView(changed), organization);
  }
}

function later(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds);
}
