import { disagreement, teachingPriority } from '@attune/core';
import { backfillWords } from './backfill-words.ts';
import { type DueItem, type IndexedItem, keepIndexed, rankAgain, rankings, takeDue } from './index-store.ts';
import { forgetPast } from './reservation-store.ts';
import type { ReviewParts } from './review.ts';

const AT_ONCE = 64;
const LOOK_EVERY_MS = 2000;
/** Longer than a batch can take; after that another replica takes it up. */
const LEASE_MS = 120_000;
/** Pending items that another model scores again. */
const RANKED = 20_000;

type Parts = Pick<ReviewParts, 'db' | 'clock' | 'log' | 'texts'>;

/**
 * Embeds questions and scores answers of new and changed feedback in the background, a batch at a time, and has the
 * queue scored again when another reward model goes live. Replicas share the work. A failure is tried again.
 */
export class ReviewIndexer {
  readonly #parts: Parts;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #isIdle = true;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** Lets the batch that runs end. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#running;
  }

  #look(): void {
    if (!this.#isIdle || this.#stopping.signal.aborted) return;
    this.#isIdle = false;
    this.#running = this.#work()
      .catch((error: unknown) => {
        this.#parts.log.warn({ err: error }, 'feedback cannot be indexed for review; trying again');
      })
      .finally(() => {
        this.#isIdle = true;
      });
  }

  async #work(): Promise<void> {
    await forgetPast(this.#parts.db, this.#parts.clock.now());
    await rankByLiveModels(this.#parts);
    while (!this.#stopping.signal.aborted && (await indexSome(this.#parts)) > 0);
    await backfillWords(this.#parts.db);
  }
}

async function rankByLiveModels({ db, clock, texts }: Parts): Promise<void> {
  for (const { organization, model } of await rankings(db)) {
    const live = texts.liveModel(organization) ?? '';
    if (live !== model) await rankAgain(db, organization, live, { now: clock.now(), limit: RANKED });
  }
}

/** Indexes a batch; gives how many items that were. */
async function indexSome({ db, clock, texts }: Parts): Promise<number> {
  const now = clock.now();
  const lease = new Date(now.getTime() + LEASE_MS);
  const due = await takeDue(db, { now, lease, limit: AT_ONCE });
  if (due.length === 0) return 0;
  const vectors = await vectorsOf(texts, due);
  const scores = await scoresOf(texts, due);
  const indexed = due.map((item): IndexedItem => {
    const { score, model } = scores.get(item.id) ?? { score: null, model: null };
    const signs = { score, rating: ratingOf(item) };
    const vector = vectors.get(item.id);
    return {
      id: item.id,
      embedder: vector?.embedder ?? null,
      embedding: vector?.embedding ?? null,
      score,
      model,
      priority: teachingPriority(signs),
      disagreement: disagreement(signs),
    };
  });
  await keepIndexed(db, indexed, lease);
  return due.length;
}

async function vectorsOf(
  texts: Parts['texts'],
  due: readonly DueItem[],
): Promise<Map<string, { embedder: string; embedding: number[] }>> {
  const missing = due.filter(({ embedder }) => embedder === null);
  if (missing.length === 0) return new Map();
  const queries = missing.map(({ query }) => query);
  const { vectors, embedder } = await texts.embed(queries, 'bulk');
  return new Map(missing.map(({ id }, index) => [id, { embedder, embedding: [...(vectors[index] ?? [])] }]));
}

async function scoresOf(
  texts: Parts['texts'],
  due: readonly DueItem[],
): Promise<Map<string, { score: number | null; model: string }>> {
  const scores = new Map<string, { score: number | null; model: string }>();
  const byOrganization = Map.groupBy(due, ({ organization }) => organization);
  for (const [organization, items] of byOrganization) {
    const scored = await texts.score(organization, items);
    if (scored === null) continue;
    items.forEach(({ id }, index) => {
      scores.set(id, { score: scored.scores[index] ?? null, model: scored.model });
    });
  }
  return scores;
}

/** Stars; thumbs count as 5 and 1. */
function ratingOf({ rating_overall: stars, reaction_type: reaction }: DueItem): number | null {
  if (stars !== null) return stars;
  if (reaction === 'thumbs_up') return 5;
  return reaction === 'thumbs_down' ? 1 : null;
}
