import type { JobRow } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import { rememberTaken, samplesAfter } from './output-store.ts';
import { questionOf, type Sample, samplePairs } from './sample-pairs.ts';

/** Samples that are taken at once. */
const AT_ONCE = 200;

/**
 * Brings what a policy's run has written since the last time before people, blind, up to the number that the job asks
 * for. Taken twice it does no harm: a pair that is there already is not added.
 */
export async function judgeSamples({ needs, platform }: Learn, job: JobRow): Promise<void> {
  if (job.judge_samples === null) return;
  const { organization, model_name } = job;
  const { sql } = platform.database;
  const found = await samplesAfter(sql, job, job.samples_taken_to, AT_ONCE);
  const last = found.at(-1);
  if (last === undefined) return;
  const asked = job.judging_project ?? job.judge_samples.project;
  const project = await needs.judging.open(organization, asked, `Samples of ${model_name}`);
  const { pairs } = await needs.judging.standing(organization, job.id);
  const first = firstOf(await samplesAfter(sql, job, 0, AT_ONCE));
  const fresh = samplePairs(
    model_name,
    first,
    found.map(({ sample }) => sample),
  );
  await needs.judging.add(
    organization,
    project,
    job.id,
    fresh.slice(0, Math.max(0, job.judge_samples.most - pairs)),
  );
  await rememberTaken(sql, job, { samples_taken_to: last.position, judging_project: project });
}

/** The first sample for each question. */
function firstOf(samples: readonly { sample: Sample }[]): Map<string, Sample> {
  return new Map(samples.toReversed().map(({ sample }) => [questionOf(sample), sample]));
}
