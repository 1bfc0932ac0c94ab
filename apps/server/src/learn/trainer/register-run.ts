import { AttuneError, type JobRecipe } from '@attune/contracts';
import { type ArtifactRow, artifactsOf } from '../artifact-store.ts';
import type { JobRow } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import type { TrainedModel } from '../needs.ts';

/** What a recipe makes; null where that is data. */
const kinds: Partial<Record<JobRecipe, TrainedModel['kind']>> = {
  reward: 'reward',
  sft: 'policy',
  dpo: 'policy',
  ppo: 'policy',
};

/**
 * Registers what a run made as a model in `testing`: nothing reaches users by that. Null where it made none, or only its
 * base once more.
 * @throws AttuneError `dataset_not_found`
 */
export async function registerRun(
  { needs, platform }: Learn,
  job: JobRow,
  report: Record<string, unknown>,
): Promise<string | null> {
  const kind = kinds[job.recipe];
  if (kind === undefined || isNoBetterThanBase(report)) return null;
  const artifacts = await artifactsOf(platform.database.sql, job);
  const dataset = await needs.datasets.snapshot(job.organization, job.dataset_id);
  if (dataset === null) throw new AttuneError('dataset_not_found');
  const { modelId } = await needs.registry.register({
    organization: job.organization,
    name: job.model_name,
    jobId: job.id,
    datasetId: job.dataset_id,
    baseModel: job.base_model,
    card: {
      recipe: job.recipe,
      base_model: job.base_model,
      revision: job.revision,
      hyperparameters: job.hyperparameters,
      dataset: { id: dataset.id, name: dataset.name },
      data_hash: dataset.contentHash,
      report,
      artifacts: artifacts.map(({ name, kind: sort, sha256, bytes }) => ({
        name,
        kind: sort,
        sha256,
        bytes,
      })),
    },
    metrics: metricsIn(report),
    kind,
    artifact: scoringFile(artifacts),
  });
  return modelId;
}

/** What is said of a run that leaves the model that it began with. */
export const NO_BETTER_THAN_BASE =
  'No better than its base at any evaluation, so no model was registered. Its files stay with the run.';

/** Whether a run measured nothing better than what it began with. */
export function isNoBetterThanBase(report: Record<string, unknown> | null): boolean {
  return report?.better_than_base === false;
}

/** A report has its measurements under `metrics`, or is one flat list of them. */
function metricsIn(report: Record<string, unknown>): Record<string, unknown> {
  const { metrics } = report;
  return typeof metrics === 'object' && metrics !== null ? { ...metrics } : report;
}

function scoringFile(artifacts: readonly ArtifactRow[]) {
  const scorer = artifacts.find(({ kind }) => kind === 'scorer');
  return scorer === undefined ? null : { sha256: scorer.sha256, bytes: scorer.bytes };
}
