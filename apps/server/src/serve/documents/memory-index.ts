import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Tables } from '../../platform/db/tables.ts';
import { readFloatArray } from './float-array.ts';
import type { FoundPassage, PassageIndex } from './passage-index.ts';
import { PassageMatrix } from './passage-matrix.ts';
import { chunksOfDocuments, documentIds, documentsStamp } from './store.ts';

/** Organisations whose passages are kept; they are read again when needed. */
const ORGANIZATIONS = 64;
/** How old this replica's view of others' changes may be. */
const FRESH_MS = 1_000;
const DOCUMENTS_PER_PAGE = 200;

interface Kept {
  readonly matrix: PassageMatrix;
  stamp: string;
  checkedAt: number;
  refreshing: Promise<void> | undefined;
}

/**
 * Keeps the passages of each organisation in memory and compares all of them. Changes made on this replica count at
 * once (`changed`), those of other replicas within a second; only what changed is read.
 */
export class MemoryPassageIndex implements PassageIndex {
  readonly #db: Kysely<Tables>;
  /** Id of the embedder whose vectors are compared. */
  readonly #embedder: () => Promise<string>;
  readonly #kept = new LRUCache<string, Kept>({ max: ORGANIZATIONS });

  constructor(db: Kysely<Tables>, embedder: () => Promise<string>) {
    this.#db = db;
    this.#embedder = embedder;
  }

  async search(organization: string, vector: Float32Array, limit: number): Promise<FoundPassage[]> {
    const kept = this.#keptOf(organization);
    while (kept.refreshing !== undefined || Date.now() - kept.checkedAt >= FRESH_MS) {
      kept.refreshing ??= this.#refresh(organization, kept);
      await kept.refreshing;
    }
    return kept.matrix.search(vector, limit);
  }

  /** Says that this replica added or removed documents. */
  changed(organization: string): void {
    const kept = this.#kept.get(organization);
    if (kept !== undefined) kept.checkedAt = Number.NEGATIVE_INFINITY;
  }

  #keptOf(organization: string): Kept {
    const kept = this.#kept.get(organization);
    if (kept !== undefined) return kept;
    const fresh = {
      matrix: new PassageMatrix(),
      stamp: '',
      checkedAt: Number.NEGATIVE_INFINITY,
      refreshing: undefined,
    };
    this.#kept.set(organization, fresh);
    return fresh;
  }

  async #refresh(organization: string, kept: Kept): Promise<void> {
    // Taken before the read: a change in between is seen next time instead of never.
    const checkedAt = Date.now();
    kept.checkedAt = checkedAt;
    try {
      const stamp = await documentsStamp(this.#db, organization);
      if (stamp !== kept.stamp) await this.#read(organization, kept.matrix);
      kept.stamp = stamp;
    } catch (error) {
      kept.checkedAt = Number.NEGATIVE_INFINITY;
      throw error;
    } finally {
      kept.refreshing = undefined;
    }
  }

  async #read(organization: string, matrix: PassageMatrix): Promise<void> {
    const there = await documentIds(this.#db, organization);
    const known = matrix.documents;
    const gone = known.difference(new Set(there));
    if (gone.size > 0) matrix.remove(gone);
    const fresh = there.filter((id) => !known.has(id));
    const embedder = await this.#embedder();
    for (let at = 0; at < fresh.length; at += DOCUMENTS_PER_PAGE) {
      const page = fresh.slice(at, at + DOCUMENTS_PER_PAGE);
      const chunks = await chunksOfDocuments(this.#db, organization, embedder, page);
      matrix.add(
        chunks.map(({ document_id, text, embedding }) => ({
          documentId: document_id,
          text,
          vector: readFloatArray(embedding),
        })),
      );
    }
  }
}
