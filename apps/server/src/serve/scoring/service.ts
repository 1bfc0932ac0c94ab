import { hash } from 'node:crypto';
import { AttuneError, type Score } from '@attune/contracts';
import type { Asked } from '@attune/core';
import { isSlowModel, RewardError } from '@attune/reward';
import { LRUCache } from 'lru-cache';
import type { Blobs } from '../../platform/blobs/blobs.ts';
import type { LiveModel } from '../live-models.ts';
import { type Scorer, ScoringTimeout, type ScoringWish } from '../scorer.ts';
import type { ScoringPool } from './pool.ts';
import type { SharedScores } from './shared-scores.ts';
import type { ModelFile, Task, TaskResult } from './work-queue.ts';

const CACHED_SCORES = 50_000;
const CACHED_FILES = 32;
const WARMING_MS = 60_000;

/** Where scores came from since the start. */
export interface ScoreOrigins {
  /** Remembered here. */
  readonly memory: number;
  /** Remembered by another replica. */
  readonly shared: number;
  /** Made by a thread. */
  readonly made: number;
}

/** Turns texts into vectors of the static embedder. */
export interface TextEmbedder {
  /** @returns one vector per text, in order, and the embedder's id. @throws as `Scorer.score` */
  embed(texts: readonly string[], wish: ScoringWish): Promise<{ vectors: Float32Array[]; embedder: string }>;
}

/** Scores and embeds in the pool's threads. Scores are remembered: they depend on model, question and response alone. */
export class ScoringService implements Scorer, TextEmbedder {
  readonly #pool: ScoringPool;
  readonly #blobs: Pick<Blobs, 'get'>;
  readonly #shared: SharedScores | null;
  readonly #scores = new LRUCache<string, Score>({ max: CACHED_SCORES });
  readonly #files = new LRUCache<string, Promise<ModelFile>>({ max: CACHED_FILES });
  #origins: ScoreOrigins = { memory: 0, shared: 0, made: 0 };

  /** @param shared scores that replicas share; null for a replica that is alone */
  constructor(pool: ScoringPool, blobs: Pick<Blobs, 'get'>, shared: SharedScores | null) {
    this.#pool = pool;
    this.#blobs = blobs;
    this.#shared = shared;
  }

  get origins(): ScoreOrigins {
    return this.#origins;
  }

  async score(
    { artifactSha256 }: LiveModel,
    { query, context = '' }: Asked,
    responses: readonly string[],
    wish: ScoringWish,
  ): Promise<Score[]> {
    const keys = responses.map((response) =>
      hash('sha256', JSON.stringify([artifactSha256, query, context, response])),
    );
    const found = new Map<string, Score>();
    const unknown = new Map<string, string>();
    keys.forEach((key, index) => {
      const score = this.#scores.get(key);
      if (score === undefined) unknown.set(key, responses[index] ?? '');
      else found.set(key, score);
    });
    this.#count('memory', found.size);
    if (unknown.size > 0) {
      const model = await this.#file(artifactSha256);
      for (const [key, score] of await this.#fresh(model, { query, context }, unknown, wish)) {
        found.set(key, score);
        this.#scores.set(key, score);
      }
    }
    return keys.map((key) => found.get(key) ?? missing());
  }

  /** Scores of texts by their keys: from other replicas where that is quicker than making them, else made here. */
  async #fresh(
    model: ModelFile,
    asked: Required<Asked>,
    texts: ReadonlyMap<string, string>,
    wish: ScoringWish,
  ): Promise<Map<string, Score>> {
    const shared = model.slow ? this.#shared : null;
    const scores = (await shared?.find([...texts.keys()])) ?? new Map<string, Score>();
    const left = [...texts].filter(([key]) => !scores.has(key));
    this.#count('shared', scores.size);
    const { query, context = '' } = asked;
    const work = left.map(([, response]) => ({ kind: 'score', model, query, context, response }) as const);
    const results = await this.#results(work, wish);
    const made = new Map<string, Score>();
    left.forEach(([key], index) => {
      const result = results[index];
      if (result?.kind === 'score') made.set(key, result.score);
    });
    this.#count('made', made.size);
    shared?.keep(made);
    return new Map([...scores, ...made]);
  }

  #count(origin: keyof ScoreOrigins, scores: number): void {
    this.#origins = { ...this.#origins, [origin]: this.#origins[origin] + scores };
  }

  /** Has a model and its embedder loaded in every thread. @throws AttuneError `scoring_unavailable` */
  async load({ artifactSha256 }: LiveModel): Promise<void> {
    await this.#pool.load(await this.#file(artifactSha256));
  }

  /** Has the default embedder loaded before the first text needs it. Whether that worked shows then. */
  async warm(): Promise<void> {
    await this.embed([''], { lane: 'bulk', timeoutMs: WARMING_MS }).catch(() => undefined);
  }

  async embed(
    texts: readonly string[],
    wish: ScoringWish,
  ): Promise<{ vectors: Float32Array[]; embedder: string }> {
    const results = await this.#results(
      texts.map((text) => ({ kind: 'embed', text }) as const),
      wish,
    );
    const vectors = results.flatMap((result) => (result.kind === 'vector' ? [result] : []));
    return { vectors: vectors.map(({ vector }) => vector), embedder: vectors[0]?.embedder ?? '' };
  }

  #results(works: readonly Task['work'][], { lane, timeoutMs }: ScoringWish): Promise<TaskResult[]> {
    if (works.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      let wanted = true;
      let left = works.length;
      const results: TaskResult[] = [];
      const settle = (outcome: () => void) => {
        wanted = false;
        clearTimeout(timer);
        outcome();
      };
      const timer = setTimeout(() => settle(() => reject(new ScoringTimeout())), timeoutMs);
      const tasks = works.map(
        (work, index): Task => ({
          lane,
          work,
          wanted: () => wanted,
          failed: (error) => settle(() => reject(error)),
          done: (result) => {
            results[index] = result;
            left -= 1;
            if (left === 0) settle(() => resolve(results));
          },
        }),
      );
      try {
        this.#pool.submit(tasks);
      } catch (error) {
        settle(() => reject(error));
      }
    });
  }

  #file(sha256: string): Promise<ModelFile> {
    let loading = this.#files.get(sha256);
    if (loading === undefined) {
      loading = this.#load(sha256);
      this.#files.set(sha256, loading);
      loading.catch(() => this.#files.delete(sha256));
    }
    return loading;
  }

  async #load(sha256: string): Promise<ModelFile> {
    const file = await this.#blobs.get(sha256).catch((cause: unknown) => {
      throw new AttuneError(
        'scoring_unavailable',
        { message: 'The reward model file cannot be read.' },
        { cause },
      );
    });
    if (file !== undefined) return { sha256, file, slow: isSlow(file) };
    throw new AttuneError('scoring_unavailable', { message: 'The reward model file is not there.' });
  }
}

function isSlow(file: Uint8Array): boolean {
  try {
    return isSlowModel(file);
  } catch (error) {
    // The thread that scores with a damaged file says what is wrong with it.
    if (error instanceof RewardError) return false;
    throw error;
  }
}

function missing(): never {
  throw new AttuneError('scoring_unavailable');
}
