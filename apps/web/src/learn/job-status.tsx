import type { Job, JobStatus } from '@attune/contracts';
import { useText } from '../text/use-text.ts';
import { text } from './text.ts';

const looks: Record<JobStatus, string> = {
  pending: '',
  validating: 'bg-accent-wash text-accent-strong',
  training: 'bg-accent-wash text-accent-strong font-medium',
  completed: 'text-good',
  failed: 'bg-bad-wash text-bad',
  cancelled: '',
  lost: 'bg-warn-wash text-warn',
};

/** How it stands with a run. */
export function JobState({ status }: { status: JobStatus }) {
  const t = useText(text);
  return <span className={`chip ${looks[status]}`}>{t.statuses[status]}</span>;
}

/** How far a run is, with the time left where it can be told. */
export function JobProgress({ job }: { job: Job }) {
  const t = useText(text);
  const percent = Math.round(job.progress * 100);
  return (
    <div className="min-w-40">
      <div
        role="progressbar"
        aria-label={t.progress}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-1.5 overflow-hidden rounded-full bg-sunken"
      >
        <div className="h-full bg-accent transition-[width] duration-300" style={{ width: `${percent}%` }} />
      </div>
      <p className="mt-1 text-faint text-xs tabular-nums">
        {[
          `${percent} %`,
          job.stage === null ? null : t.stage(job.stage),
          job.seconds_left === null ? null : t.left(job.seconds_left),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </p>
    </div>
  );
}
