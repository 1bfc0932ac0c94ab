import type { Kysely } from 'kysely';
import type { Tables } from '../../platform/db/tables.ts';
import type { FoundPassage, PassageIndex } from './passage-index.ts';
import { nearestChunks } from './store.ts';

/** Lets pgvector compare every passage of the organisation, where there are too many to keep in memory. */
export class PgvectorPassageIndex implements PassageIndex {
  readonly #db: Kysely<Tables>;
  readonly #embedder: () => Promise<string>;

  constructor(db: Kysely<Tables>, embedder: () => Promise<string>) {
    this.#db = db;
    this.#embedder = embedder;
  }

  async search(organization: string, vector: Float32Array, limit: number): Promise<FoundPassage[]> {
    return nearestChunks(this.#db, organization, await this.#embedder(), [...vector], limit);
  }
}
