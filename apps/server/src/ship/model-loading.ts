import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../platform/log.ts';
import type { LiveModel } from './live-model.ts';

/** A replica promises to follow within five seconds; a model that is not ready after two loads while it serves. */
const PATIENCE_MS = 2000;

/** Has models ready to score before they are given traffic on this replica; each gets one chance while it is live. */
export class ModelLoading {
  readonly #load: (model: LiveModel) => Promise<void>;
  readonly #log: Log;
  /** By the hash of their files. */
  #chances: ReadonlyMap<string, Promise<void>> = new Map();

  constructor(load: (model: LiveModel) => Promise<void>, log: Log) {
    this.#load = load;
    this.#log = log;
  }

  /** Resolves when all of them are ready or have had their chance. What is not among them is forgotten. */
  async ready(models: readonly LiveModel[]): Promise<void> {
    const known = this.#chances;
    this.#chances = new Map(
      models.map((model) => [
        model.artifactSha256,
        known.get(model.artifactSha256) ?? this.#chanceFor(model),
      ]),
    );
    await Promise.all(this.#chances.values());
  }

  async #chanceFor(model: LiveModel): Promise<void> {
    const over = new AbortController();
    // Aborted when the model is ready: then nobody waits for this any more.
    const patience = wait(PATIENCE_MS, undefined, { signal: over.signal }).catch(() => undefined);
    const loading = this.#load(model).catch((error: unknown) => {
      this.#log.warn(
        { err: error, model: model.modelId },
        'a model could not be loaded ahead of its traffic',
      );
    });
    await Promise.race([loading, patience]);
    over.abort();
  }
}
