import type { LiveCounters } from '@attune/contracts';
import type { Cache } from '../platform/cache/cache.ts';
import { newId } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import { LiveChannel } from './live-channel.ts';
import { PacedTask } from './paced-task.ts';

const TOPIC = 'live-counters';
const PACE = { intervalMs: 250, retryMs: 1000 };

export interface LiveFeedNeeds {
  readonly cache: Cache;
  readonly log: Log;
  readonly read: (organization: string) => Promise<LiveCounters>;
}

/** Live counters for whoever watches, on whichever replica something changes. */
export class LiveFeed {
  readonly #needs: LiveFeedNeeds;
  readonly #channels = new Map<string, LiveChannel>();
  readonly #replica = newId();
  readonly #untold = new Set<string>();
  readonly #tell: PacedTask;
  #unsubscribe: (() => unknown) | null = null;

  constructor(needs: LiveFeedNeeds) {
    this.#needs = needs;
    this.#tell = new PacedTask(
      () => this.#tellOthers(),
      PACE,
      (error) => this.#failed(error),
    );
  }

  async start(): Promise<void> {
    this.#unsubscribe = await this.#needs.cache.subscribe(TOPIC, (message) => this.#heard(message));
  }

  /** Something that is counted changed in an organisation, on this replica. */
  changed(organization: string): void {
    this.#channels.get(organization)?.changed();
    this.#untold.add(organization);
    this.#tell.request();
  }

  /** The counters at once, then whenever they change, at most four times a second. */
  follow(organization: string, signal: AbortSignal): AsyncIterable<LiveCounters> {
    return this.#channelOf(organization).follow(signal);
  }

  async stop(): Promise<void> {
    await this.#unsubscribe?.();
    await this.#tell.stop();
    await Promise.all([...this.#channels.values()].map((channel) => channel.stop()));
  }

  #channelOf(organization: string): LiveChannel {
    const known = this.#channels.get(organization);
    if (known !== undefined) return known;
    const channel = new LiveChannel(
      () => this.#needs.read(organization),
      (error) => this.#failed(error),
    );
    this.#channels.set(organization, channel);
    return channel;
  }

  async #tellOthers(): Promise<void> {
    const organizations = [...this.#untold];
    this.#untold.clear();
    if (organizations.length > 0) {
      await this.#needs.cache.publish(TOPIC, JSON.stringify([this.#replica, ...organizations]));
    }
  }

  #heard(message: string): void {
    const [replica, ...organizations]: string[] = JSON.parse(message);
    if (replica === this.#replica) return;
    for (const organization of organizations) this.#channels.get(organization)?.changed();
  }

  #failed(error: unknown): void {
    this.#needs.log.warn({ err: error }, 'live counters cannot be read; trying again');
  }
}
