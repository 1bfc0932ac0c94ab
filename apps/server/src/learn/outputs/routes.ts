import { AttuneError, importPreferences, judgedSamples } from '@attune/contracts';
import type { Caller } from '../../platform/http/caller.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { findJob } from '../job-store.ts';
import type { Learn } from '../learn.ts';
import * as preferences from './import-preferences.ts';

/** The routes of what people see of a run: judged samples, AI preferences. */
export function outputRoutes(learn: Learn): Route[] {
  const { audit, database } = learn.platform;

  const named = async ({ organization }: Caller, { id }: { id: string }) => {
    const job = await findJob(database.sql, { organization, id });
    if (job === undefined) throw new AttuneError('job_not_found');
    return job;
  };

  return [
    route(judgedSamples, async ({ caller, params }) => {
      const { organization, id, judging_project } = await named(caller, params);
      return { project_id: judging_project, ...(await learn.needs.judging.standing(organization, id)) };
    }),

    route(importPreferences, async ({ caller, params }) => {
      const job = await named(caller, params);
      const details = await preferences.importPreferences(learn, job);
      const { organization, principal: actor } = caller;
      const subject = `job:${job.id}`;
      await audit.record({ organization, actor, action: 'job.preferences_imported', subject, details });
      return details;
    }),
  ];
}
