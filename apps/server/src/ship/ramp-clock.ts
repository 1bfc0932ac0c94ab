import type { Ramp } from '@attune/contracts';
import { decideRamp, lookAtRamp, type RampDecision } from '@attune/core';
import { type Repetition, repeat } from '../platform/repeat.ts';
import { nextStep } from './advance.ts';
import { type Announce, changeTraffic } from './change-traffic.ts';
import { type Observations, observe } from './observe.ts';
import { shownEvidence } from './ramp-evidence.ts';
import { rampEvent, withEvent } from './ramp-history.ts';
import { claimRamps, type RampRow, updateRamp } from './ramp-store.ts';
import { rampView } from './ramp-view.ts';
import { undo } from './rollback.ts';
import type { ShipPlatform } from './ship-platform.ts';

/** How often ramps under way are looked at. */
const TICK_MS = 1000;
/** A replica that died with a ramp in hand holds it up for so long. */
const CLAIM_MS = 30_000;
/** Looking at a ramp may take up to a twentieth of the database's time: what took long is repeated less often. */
const REST_PER_LOOK = 20;
/** But harm is not overlooked for longer. */
const LONGEST_REST_MS = 60_000;

/** Somebody to be told of what a ramp did by itself. */
interface RampListener {
  readonly onRollback: (ramp: Ramp, organization: string) => Promise<void>;
  /** People do not come to the models as planned: somebody has to decide. */
  readonly onHold: (ramp: Ramp, organization: string) => Promise<void>;
}

interface Needs extends RampListener {
  readonly observations: Observations;
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
      await this.#look(ramp, now);
      const rest = Math.min(LONGEST_REST_MS, (clock.now().getTime() - now.getTime()) * REST_PER_LOOK);
      await updateRamp(database.sql, ramp, { next_check_at: later(now, Math.max(TICK_MS, rest)) });
    }
  }

  async #look(ramp: RampRow, now: Date): Promise<void> {
    const seen = await observe(this.#needs.observations, ramp, now);
    const { steps, guards, criteria } = ramp;
    const plan = { steps, guards, criteria };
    const evidence = lookAtRamp(plan, ramp.step, seen);
    const decision = decideRamp(plan, ramp.step, seen, evidence);
    // Kept before anything is decided, so that whatever is decided can say on what.
    const looked = await updateRamp(this.#platform.database.sql, ramp, {
      evidence: JSON.stringify(shownEvidence(evidence, now)),
    });
    if (decision.action !== 'hold') return await this.#carryOut(looked, decision);
    if (decision.wait === 'sample_ratio' && !ramp.held) await this.#hold(looked, decision.reason, now);
  }

  /** Does nothing where someone else moved the ramp since it was looked at. */
  async #carryOut(ramp: RampRow, decision: RampDecision): Promise<void> {
    const { organization, kind } = ramp;
    const back = decision.action === 'roll_back';
    const action = back ? ('model.rolled_back' as const) : ('model.advanced' as const);
    const { reason } = decision;
    const act = { organization, kind, actor: 'system', action, reason };
    const changed = await changeTraffic(this.#platform, this.#announce, act, async (tx, inForce, now) => {
      if (inForce === undefined || !sameStep(inForce, ramp)) return null;
      // Paused since the look: a guard still sends it back, time no longer moves it on.
      if (!back && inForce.paused_at !== null) return null;
      const by = { actor: 'system', reason, at: now };
      return await (back ? undo(tx, inForce, by) : nextStep(tx, inForce, by));
    });
    if (changed?.state === 'rolled_back') await this.#needs.onRollback(rampView(changed), organization);
  }

  /** Writes down, once, that nothing is decided by itself any more. */
  async #hold(ramp: RampRow, reason: string, now: Date): Promise<void> {
    const { organization, kind } = ramp;
    const act = { organization, kind, actor: 'system', action: 'model.ramp_held' as const, reason };
    const held = await changeTraffic(this.#platform, this.#announce, act, async (tx, inForce) => {
      if (inForce === undefined || !sameStep(inForce, ramp) || inForce.held) return null;
      const event = rampEvent('held', inForce, { actor: 'system', reason, at: now });
      return await updateRamp(tx, inForce, { held: true, history: withEvent(inForce, event) });
    });
    if (held !== null) await this.#needs.onHold(rampView(held), organization);
  }
}

function sameStep(inForce: RampRow, looked: RampRow): boolean {
  return inForce.id === looked.id && inForce.state === 'ramping' && inForce.step === looked.step;
}

function later(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds);
}
