import { AttuneError, type PrepareInput, type SnapshotRating } from '@attune/contracts';
import type { RetrainingNeeds, RetrainingNotice } from '../needs.ts';
import type { StoredDatasets } from './stored-datasets.ts';

/** Ratings of organisations as rules of retraining see them: counted until they are prepared. */
export class UnusedRatings implements RetrainingNeeds {
  readonly told: RetrainingNotice[] = [];
  readonly prepared: { organization: string; input: PrepareInput }[] = [];
  readonly #datasets: StoredDatasets;
  readonly #ratings = new Map<string, SnapshotRating[]>();

  constructor(datasets: StoredDatasets) {
    this.#datasets = datasets;
  }

  give(organization: string, ratings: SnapshotRating[]): void {
    this.#ratings.set(organization, ratings);
  }

  async countRatings(organization: string, _since: Date | null, most: number): Promise<number> {
    return Math.min(this.#ratings.get(organization)?.length ?? 0, most);
  }

  async prepare(organization: string, input: PrepareInput): Promise<{ id: string; name: string }> {
    this.prepared.push({ organization, input });
    const ratings = this.#ratings.get(organization) ?? [];
    this.#ratings.delete(organization);
    if (ratings.length < (input.minimum ?? 50)) throw new AttuneError('not_enough_data');
    const name = input.name ?? 'prepared';
    return { id: await this.#datasets.freeze(organization, name, { ratings }), name };
  }

  async tell(notice: RetrainingNotice): Promise<void> {
    this.told.push(notice);
  }
}
