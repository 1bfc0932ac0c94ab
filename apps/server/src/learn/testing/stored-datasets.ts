import { createHash } from 'node:crypto';
import { AttuneError, type SnapshotPair, type SnapshotRating } from '@attune/contracts';
import type { Database } from '../../platform/db/open.ts';
import { newId } from '../../platform/ids.ts';
import type { Datasets, FrozenDataset, Snapshot } from '../needs.ts';

export interface GivenRows {
  ratings?: SnapshotRating[];
  pairs?: SnapshotPair[];
}

/** Frozen data sets as curate gives them: a row in the database, since jobs refer to it, and the rows beside it. */
export class StoredDatasets implements Datasets {
  readonly #database: Database;
  readonly #frozen = new Map<string, FrozenDataset & Snapshot>();

  constructor(database: Database) {
    this.#database = database;
  }

  async freeze(organization: string, name: string, { ratings = [], pairs = [] }: GivenRows): Promise<string> {
    const id = newId();
    const lines = [...ratings, ...pairs].map((row) => `${JSON.stringify(row)}\n`);
    const bytes = Buffer.from(lines.join(''));
    const contentHash = createHash('sha256').update(bytes).digest('hex');
    await this.#database.sql
      .insertInto('training_datasets')
      .values({
        id,
        organization,
        name,
        description: '',
        dataset_type: 'reward',
        status: 'ready',
        feedback_ids: [],
        sample_count: ratings.length,
        pair_count: pairs.length,
        content_hash: contentHash,
      })
      .execute();
    const dataset = { id, name, contentHash, ratings, pairs, bytes };
    this.#frozen.set(`${organization}/${name}`, dataset).set(`${organization}/${id}`, dataset);
    return id;
  }

  async open(organization: string, idOrName: string): Promise<FrozenDataset | null> {
    if (idOrName === 'a draft') throw new AttuneError('dataset_not_ready');
    return this.#frozen.get(`${organization}/${idOrName}`) ?? null;
  }

  async snapshot(organization: string, idOrName: string): Promise<Snapshot | null> {
    return this.#frozen.get(`${organization}/${idOrName}`) ?? null;
  }
}
