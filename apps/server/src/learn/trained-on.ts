import { AttuneError } from '@attune/contracts';
import { type JobRow, jobThatMade } from './job-store.ts';
import type { Learn } from './learn.ts';
import { isOwnModel } from './trainer/own-models.ts';
import { packQueries } from './training-queries.ts';

type RegisteredModel = NonNullable<Awaited<ReturnType<Learn['needs']['registry']['find']>>>;

/**
 * The queries that a model was trained on, packed: its own, those of the model that its run began with, of that one's
 * beginning, and so on; of a blend, those of both its models. No order; a query may occur twice.
 * @throws AttuneError `model_not_deployable` when nobody knows any more what one of them was trained on
 */
export async function trainedOn(learn: Learn, organization: string, modelId: string): Promise<Uint8Array> {
  const lists: Uint8Array[] = [];
  const models = new Set([modelId]);
  // A set is walked with what is added on the way, each once.
  for (const id of models) {
    const registered = await learn.needs.registry.find(organization, id);
    const job = await jobThatMade(learn.platform.database.sql, organization, id);
    lists.push(await ownQueries(learn, organization, id, registered, job));
    for (const parent of parentsOf(registered, job)) models.add(parent);
  }
  return Buffer.concat(lists);
}

/** From the list kept with the model, or else from its data set. */
async function ownQueries(
  { needs, platform }: Learn,
  organization: string,
  id: string,
  registered: RegisteredModel | null,
  job: JobRow | undefined,
): Promise<Uint8Array> {
  const sha256 = registered?.card.training_queries_sha256;
  const kept = typeof sha256 === 'string' ? await platform.blobs.get(sha256) : undefined;
  if (kept !== undefined) return kept;
  // The registry gives models that score; what else a run made is known by its job.
  const datasetId = registered?.datasetId ?? job?.dataset_id ?? null;
  const dataset = datasetId === null ? null : await needs.datasets.open(organization, datasetId);
  if (dataset === null) {
    const message = `Nobody knows any more what ${id} was trained on, so it cannot be measured fairly.`;
    throw new AttuneError('model_not_deployable', { message });
  }
  const rows = [...dataset.ratings, ...dataset.pairs].filter((row) => row.split === 'train');
  return packQueries(rows.map((row) => row.query));
}

function parentsOf(registered: RegisteredModel | null, job: JobRow | undefined): string[] {
  const blended: unknown = registered?.card.models;
  const models = Array.isArray(blended) ? blended.filter((name) => typeof name === 'string') : [];
  return job !== undefined && isOwnModel(job.base_model) ? [...models, job.base_model] : models;
}
