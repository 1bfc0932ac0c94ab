import type { DemoStage, DemoState } from '@attune/contracts';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/open.ts';
import type { Audit } from '../identity/audit.ts';
import type { Authenticator } from '../identity/authenticate.ts';
import { addKey, revokeKey } from '../identity/store.ts';
import { hashSecret, newSecret } from '../identity/tokens.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import { markDemo } from './demo-state.ts';

/** Loads the demo corpus through the server's own address, as whoever holds the key. */
export type BringDemo = (target: {
  readonly key: string;
  readonly signal: AbortSignal;
  report(stage: DemoStage, done: number): void;
}) => Promise<void>;

export interface DemoNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly authenticator: Authenticator;
  readonly log: Log;
}

type Progress = DemoState['progress'];

interface Load {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
  progress: Progress;
}

/** A key lives no longer than loading could take. */
const KEY_MS = 3_600_000;

/** The demo corpus being loaded into organisations by this server, one load an organisation. */
export class DemoLoads {
  readonly #needs: DemoNeeds;
  readonly #bring: BringDemo;
  readonly #running = new Map<string, Load>();
  readonly #failed = new Set<string>();

  constructor(needs: DemoNeeds, bring: BringDemo) {
    this.#needs = needs;
    this.#bring = bring;
  }

  isRunning(organization: string): boolean {
    return this.#running.has(organization);
  }

  /** How far the load of an organisation is, and whether the last one broke off. */
  stateOf(organization: string): Pick<DemoState, 'progress' | 'failed'> {
    const progress = this.#running.get(organization)?.progress ?? null;
    return { progress, failed: this.#failed.has(organization) };
  }

  /** Begins a load that goes on after the request that asked for it. */
  start(organization: string, actor: string): void {
    this.#failed.delete(organization);
    const stop = new AbortController();
    const load: Load = {
      stop,
      progress: { stage: 'candidates', done: 0 },
      ended: this.#load(organization, actor, stop.signal).then(
        () => void this.#running.delete(organization),
        (error: unknown) => {
          this.#running.delete(organization);
          if (stop.signal.aborted) return;
          this.#failed.add(organization);
          this.#needs.log.error({ err: error, organization }, 'the demo could not be loaded');
        },
      ),
    };
    this.#running.set(organization, load);
  }

  /** Ends a load and waits until it has ended. */
  async stop(organization: string): Promise<void> {
    this.#failed.delete(organization);
    const load = this.#running.get(organization);
    load?.stop.abort();
    await load?.ended;
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((organization) => this.stop(organization)));
  }

  async #load(organization: string, actor: string, signal: AbortSignal): Promise<void> {
    const { database, clock, audit, authenticator } = this.#needs;
    const key = newSecret('atn');
    const id = newId();
    const now = clock.now();
    await addKey(database.sql, {
      id,
      organization,
      name: 'Loading the demo',
      prefix: key.slice(0, 8),
      key_hash: hashSecret(key),
      role: 'admin',
      scopes: [],
      created_at: now,
      expires_at: new Date(now.getTime() + KEY_MS),
    });
    try {
      await this.#bring({
        key,
        signal,
        report: (stage, done) => this.#report(organization, { stage, done }),
      });
      await markDemo(database.sql, clock, organization, 'loaded');
      await audit.record({
        organization,
        actor,
        action: 'demo.loaded',
        subject: `organization:${organization}`,
      });
    } finally {
      const hash = await revokeKey(database.sql, organization, id, clock.now());
      if (hash !== null) authenticator.forget(hash);
    }
  }

  #report(organization: string, progress: Progress): void {
    const load = this.#running.get(organization);
    if (load !== undefined) load.progress = progress;
  }
}
