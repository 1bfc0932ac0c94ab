import { type Repetition, repeat } from '../platform/repeat.ts';
import type { LiveModels } from './live-models.ts';
import type { ShipPlatform } from './ship-platform.ts';

const CHANNEL = 'ship.traffic';
/** Longest that a replica goes on with an old state when no message reaches it; five seconds are promised. */
const REFRESH_MS = 1000;

/** Keeps this replica's picture of the traffic fresh, and tells the others when it changed. */
export class TrafficWatch {
  readonly #platform: ShipPlatform;
  readonly #models: LiveModels;
  #repetition: Repetition | undefined;
  #unsubscribe: (() => Promise<void> | void) | undefined;

  constructor(platform: ShipPlatform, models: LiveModels) {
    this.#platform = platform;
    this.#models = models;
  }

  /** Reads the state; resolves when answers can be chosen. */
  async start(): Promise<void> {
    await this.#models.refresh();
    const { cache, log } = this.#platform;
    this.#unsubscribe = await cache.subscribe(CHANNEL, () => void this.#heard());
    this.#repetition = repeat(REFRESH_MS, () => this.#models.refresh(), log, 'reading which model is live');
  }

  async stop(): Promise<void> {
    await this.#unsubscribe?.();
    await this.#repetition?.stop();
  }

  /** A change that is committed: this replica follows before the promise resolves, the others within a second. */
  readonly announce = async (organization: string): Promise<void> => {
    await this.#platform.cache.publish(CHANNEL, organization);
    await this.#heard();
  };

  /** The change stands in the database whatever happens here; the next regular refresh would find it too. */
  async #heard(): Promise<void> {
    try {
      await this.#models.refresh();
    } catch (error) {
      this.#platform.log.warn(
        { err: error },
        'reading which model is live: failed, trying again in a second',
      );
    }
  }
}
