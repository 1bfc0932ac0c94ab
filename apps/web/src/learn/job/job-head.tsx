import type { Job } from '@attune/contracts';
import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { Ago } from '../../shell/parts/ago.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { hasEnded } from '../job-state.ts';
import { JobProgress, JobState } from '../job-status.tsx';
import { text } from '../text.ts';
import type { JobNews } from './use-job-events.ts';

/** How a run stands: progress, what it takes of the machine, what went wrong, alarms. */
export function JobHead({ job, alarms }: { job: Job; alarms: JobNews['alarms'] }) {
  const t = useText(text);
  const { count } = useFormats();
  return (
    <div className="mb-6 space-y-3">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2 text-sm">
        <JobState status={job.status} />
        {!hasEnded(job) && <JobProgress job={job} />}
        <span className="text-faint">
          {t.startedBy(job.created_by ?? '–')} <Ago at={job.created_at} />
        </span>
        {job.latest_step !== null && (
          <span className="text-faint tabular-nums">{t.atStep(count(job.latest_step))}</span>
        )}
        {!hasEnded(job) && job.resources !== null && (
          <span className="text-faint tabular-nums">{t.takes(job.resources)}</span>
        )}
        {job.actual_cost !== null && job.actual_cost > 0 && (
          <span className="text-faint tabular-nums">{t.cost(job.actual_cost)}</span>
        )}
        {job.resulting_model_id !== null && (
          <Link to="/models" className="font-medium text-accent-strong underline">
            {job.resulting_model_id}
          </Link>
        )}
      </div>
      {job.error_message !== null && (
        <p role="alert" className="rounded-xl bg-bad-wash px-4 py-3 text-bad text-sm">
          {job.error_message}
        </p>
      )}
      {job.training_metrics?.better_than_base === false && (
        <p className="rounded-xl bg-warn-wash px-4 py-3 text-sm text-warn">{t.noBetter}</p>
      )}
      {alarms.map((alarm) => (
        <p
          key={`${alarm.kind}/${alarm.step}`}
          role="alert"
          className="flex gap-3 rounded-xl bg-warn-wash px-4 py-3 text-sm text-warn"
        >
          <TriangleAlert aria-hidden className="size-5 shrink-0" />
          <span>
            <strong className="font-medium">{t.alarms[alarm.kind]}</strong> {t.atStep(count(alarm.step))}:{' '}
            {alarm.message}
          </span>
        </p>
      ))}
    </div>
  );
}
