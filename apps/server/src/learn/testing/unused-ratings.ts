import { AttuneError, type PrepareInput, type SnapshotRating } from '@attune/contracts';
import type { LabelledScore } from '@attune/core';
import type { LabelNeeds, RetrainingNeeds, RetrainingNotice } from '../needs.ts';
import type { StoredDatasets } from './stored-datasets.ts';

/** Ratings of organisations as rules of retraining see them: counted until they are prepared. */
export class UnusedRatings implements RetrainingNeeds {
  readonly told: RetrainingNotice[] = [];
  /** Models whose gates were to be measured, in order. */
  readonly gatesMeasured: string[] = [];
  /** Models that shadow, one at a time in an organisation. */
  readonly shadowed: { organization: string; model: string; share: number }[] = [];
  /** What people said of answers of the one live model, with its rewards, by organisation. */
  readonly reactions = new Map<string, readonly LabelledScore[]>();
  readonly labels: LabelNeeds = {
    inTraffic: (organization) => (this.reactions.has(organization) ? ['live@1.0.0'] : []),
    labelsIn: async ({ organization }, most) =>
      (this.reactions.get(organization) ?? [])
        .slice(0, most)
        .map(({ positive }, at) => ({ responseId: String(at), positive })),
    rewardsOf: async (organization) =>
      new Map((this.reactions.get(organization) ?? []).map(({ score }, at) => [String(at), score])),
  };
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

  async measureGates(_organization: string, model: string): Promise<void> {
    this.gatesMeasured.push(model);
  }

  async shadow(organization: string, model: string, share: number): Promise<void> {
    if (this.shadowed.some((one) => one.organization === organization))
      throw new AttuneError('shadow_under_way');
    this.shadowed.push({ organization, model, share });
  }

  async tell(notice: RetrainingNotice): Promise<void> {
    this.told.push(notice);
  }
}
