import {
  AttuneError,
  cancelJob,
  createJob,
  downloadJobArtifact,
  evaluateModel,
  getBudget,
  getJob,
  jobArtifacts,
  jobLog,
  jobMetrics,
  listJobs,
  resumeJob,
  setBudget,
  watchJob,
} from '@attune/contracts';
import type { Caller } from '../platform/http/caller.ts';
import { eventStream } from '../platform/http/event-stream.ts';
import { decodeCursor, toPage } from '../platform/http/page.ts';
import { type Route, route } from '../platform/http/route.ts';
import { isId } from '../platform/ids.ts';
import { artifactsOf } from './artifact-store.ts';
import { budgetIn, monthOf } from './budget/budget.ts';
import { putLimit } from './budget/budget-store.ts';
import * as cancel from './cancel-job.ts';
import { downloadArtifact } from './download-artifact.ts';
import { evaluate } from './evaluate.ts';
import { inTurn } from './in-turn.ts';
import type { JobKey } from './job-key.ts';
import * as jobs from './job-store.ts';
import { jobView } from './job-view.ts';
import type { Learn } from './learn.ts';
import { takeUpLostJobs } from './lost-jobs.ts';
import { metricSeries } from './metric-series.ts';
import { readRayLog } from './ray/ray-log.ts';
import * as resume from './resume-job.ts';
import * as submit from './submit-job.ts';
import { readRunLog } from './trainer/run-log.ts';
import { untilLeft } from './until-left.ts';
import * as watch from './watch-job.ts';

/** Measurements that may wait for the one under way; each holds up to 100,000 rows. */
const MOST_EVALUATIONS = 4;

/** The routes of the room. */
export function learnRoutes(learn: Learn): Route[] {
  const { platform, bell } = learn;
  const { sql } = platform.database;
  const evaluationInTurn = inTurn(MOST_EVALUATIONS);

  const keyOf = (caller: Caller, params: { id: string }) => ({
    organization: caller.organization,
    id: params.id,
  });

  const jobNamed = async (key: JobKey) => {
    await takeUpLostJobs(learn);
    const job = await jobs.findJob(sql, key);
    if (job === undefined) throw new AttuneError('job_not_found');
    return job;
  };

  const audited = async (caller: Caller, action: string, job: jobs.JobRow) => {
    const { organization, principal: actor } = caller;
    const details = { dataset: job.dataset_id, model_name: job.model_name, ...job.hyperparameters };
    await platform.audit.record({ organization, actor, action, subject: `job:${job.id}`, details });
    return jobView(job);
  };

  return [
    route(createJob, async ({ caller, body }) => {
      const { organization, email, name } = caller;
      const job = await submit.submitJob(learn, { organization, createdBy: email ?? name }, body);
      return await audited(caller, 'job.created', job);
    }),

    route(listJobs, async ({ caller, query }) => {
      const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor, 1)[0];
      if (before !== undefined && !isId(before)) throw new AttuneError('invalid_cursor');
      await takeUpLostJobs(learn);
      const filter = { ...query, before, limit: query.limit + 1 };
      const rows = await jobs.listJobs(sql, caller.organization, filter);
      return toPage(rows, query.limit, (row) => [row.id], jobView);
    }),

    route(getJob, async ({ caller, params }) => jobView(await jobNamed(keyOf(caller, params)))),

    route(watchJob, async ({ caller, params, signal }) => {
      const key = keyOf(caller, params);
      await jobNamed(key);
      return eventStream(untilLeft(signal, (left) => watch.watchJob(platform, bell, key, left)));
    }),

    route(jobMetrics, async ({ caller, params, query }) => {
      const key = keyOf(caller, params);
      await jobNamed(key);
      return { series: await metricSeries(sql, key, query.points) };
    }),

    route(jobLog, async ({ caller, params }) => {
      const job = await jobNamed(keyOf(caller, params));
      if (job.runner === 'ray') return await readRayLog(learn.needs.ray, job);
      return await readRunLog(learn.needs.trainer.runsFolder, job.id);
    }),

    route(jobArtifacts, async ({ caller, params }) => {
      const key = keyOf(caller, params);
      await jobNamed(key);
      const rows = await artifactsOf(sql, key);
      return { items: rows.map(({ name, kind, sha256, bytes }) => ({ name, kind, sha256, bytes })) };
    }),

    route(downloadJobArtifact, async ({ caller, params }) => {
      const key = keyOf(caller, params);
      await jobNamed(key);
      return await downloadArtifact(platform, key, params.sha256);
    }),

    route(cancelJob, async ({ caller, params }) => {
      return await audited(caller, 'job.cancelled', await cancel.cancelJob(learn, keyOf(caller, params)));
    }),

    route(resumeJob, async ({ caller, params }) => {
      const key = keyOf(caller, params);
      await jobNamed(key);
      return await audited(caller, 'job.resumed', await resume.resumeJob(learn, key));
    }),

    route(getBudget, ({ caller, query }) =>
      budgetIn(learn, caller.organization, query.month ?? monthOf(platform.clock.now())),
    ),

    route(setBudget, async ({ caller, body }) => {
      const { organization, principal: actor } = caller;
      const { limit, month = monthOf(platform.clock.now()) } = body;
      await putLimit(sql, { organization, month, most: limit });
      const details = { month, limit };
      await platform.audit.record({
        organization,
        actor,
        action: 'budget.set',
        subject: `budget:${month}`,
        details,
      });
      return await budgetIn(learn, organization, month);
    }),

    route(evaluateModel, ({ caller, body, signal }) =>
      evaluationInTurn(() => evaluate(learn, caller.organization, body, signal)),
    ),
  ];
}
