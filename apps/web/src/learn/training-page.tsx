import type { Job } from '@attune/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { GraduationCap, Plus, Repeat } from 'lucide-react';
import { api } from '../shell/api.ts';
import { Ago } from '../shell/parts/ago.tsx';
import { Choice } from '../shell/parts/choice.tsx';
import { Empty } from '../shell/parts/empty.tsx';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { Loading } from '../shell/parts/loading.tsx';
import { PageBody } from '../shell/parts/page-body.tsx';
import { PageHead } from '../shell/parts/page-head.tsx';
import { ShowMore } from '../shell/parts/show-more.tsx';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { useText } from '../text/use-text.ts';
import { hasEnded } from './job-state.ts';
import { JobProgress, JobState } from './job-status.tsx';
import { text } from './text.ts';
import { statuses, trainingSearch } from './training-search.ts';

/** How often the list is read again: runs move by themselves. */
const LOOK_MS = 3000;

/** Every run of a training, newest first. */
export function TrainingPage() {
  const t = useText(text);
  const trains = mayAct(useMe().role, 'trainer');
  const { status } = useSearch({ from: '/frame/training' });
  const navigate = useNavigate();
  return (
    <PageBody>
      <PageHead title={t.title} about={t.about}>
        {trains && (
          <div className="flex gap-2">
            <Link to="/training/rules" className="line-button">
              <Repeat aria-hidden className="size-4" /> {t.rules}
            </Link>
            <Link to="/training/new" className="main-button">
              <Plus aria-hidden className="size-4" /> {t.newRun}
            </Link>
          </div>
        )}
      </PageHead>
      <search className="mb-4">
        <Choice
          label={t.status}
          options={[
            { value: '', label: t.anyStatus },
            ...statuses.map((value) => ({ value, label: t.statuses[value] })),
          ]}
          value={status ?? ''}
          onValue={(value) =>
            void navigate({ to: '/training', search: trainingSearch({ status: value }), replace: true })
          }
        />
      </search>
      <Runs />
    </PageBody>
  );
}

function Runs() {
  const t = useText(text);
  const { status } = useSearch({ from: '/frame/training' });
  const jobs = useInfiniteQuery({
    queryKey: ['jobs', 'list', status ?? null],
    queryFn: ({ pageParam, signal }) =>
      api.listJobs(
        { query: { limit: 30, ...(status && { status }), ...(pageParam !== null && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ items }) => items.some((job) => !hasEnded(job))) ? LOOK_MS : false,
  });
  if (jobs.isError) return <ErrorNotice error={jobs.error} onRetry={() => jobs.refetch()} />;
  if (jobs.isPending) return <Loading what={t.theRuns} />;
  const items = jobs.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <Empty icon={GraduationCap} title={status === undefined ? t.empty : t.noneMatch}>
        {status === undefined ? t.emptyAbout : t.noneMatchAbout}
      </Empty>
    );
  }
  return (
    <>
      <ul className="card divide-y divide-line">
        {items.map((job) => (
          <Run key={job.id} job={job} />
        ))}
      </ul>
      <ShowMore list={jobs} />
    </>
  );
}

function Run({ job }: { job: Job }) {
  const t = useText(text);
  return (
    <li className="relative flex flex-wrap items-center gap-x-8 gap-y-2 px-5 py-4 hover:bg-sunken">
      <div className="min-w-56 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <Link
            to="/training/$id"
            params={{ id: job.id }}
            className="font-medium [overflow-wrap:anywhere] after:absolute after:inset-0"
          >
            {job.resulting_model_id ?? job.model_name}
          </Link>
          <JobState status={job.status} />
        </p>
        <p className="text-faint text-sm">
          {t.recipes[job.recipe]}, {job.base_model}, <Ago at={job.created_at} />
        </p>
        {job.error_message !== null && <p className="text-bad text-sm">{job.error_message}</p>}
      </div>
      {!hasEnded(job) && <JobProgress job={job} />}
    </li>
  );
}
