import type { JudgingStanding } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Scale } from 'lucide-react';
import { api } from '../shell/api.ts';
import { Ago } from '../shell/parts/ago.tsx';
import { Empty } from '../shell/parts/empty.tsx';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { Loading } from '../shell/parts/loading.tsx';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { useText } from '../text/use-text.ts';
import { useLive } from '../watch/live/live-source.tsx';
import { StatusChip } from './status-chip.tsx';
import { text } from './text.ts';

type MyProject = Awaited<ReturnType<typeof api.myJudging>>['projects'][number];

/** The projects that one judges, with what is left to do. */
export function MyWork() {
  const t = useText(text).mine;
  const { role } = useMe();
  const { counters } = useLive();
  const mine = useQuery({
    queryKey: ['judging', 'mine', counters?.judging],
    queryFn: ({ signal }) => api.myJudging({}, { signal }),
    placeholderData: (before) => before,
    staleTime: 0,
  });
  if (mine.isError) return <ErrorNotice error={mine.error} onRetry={() => mine.refetch()} />;
  if (mine.isPending) return <Loading what={t.what} />;
  if (mine.data.projects.length === 0) {
    return (
      <Empty icon={Scale} title={t.empty}>
        {mayAct(role, 'curator') ? t.emptyCurator : t.emptyAbout}
      </Empty>
    );
  }
  return (
    <ul aria-label={t.list} className="grid gap-3">
      {mine.data.projects.map((entry) => (
        <MyProjectCard key={entry.project.id} {...entry} />
      ))}
    </ul>
  );
}

function MyProjectCard({ project, standing }: MyProject) {
  const t = useText(text).mine;
  const { training_left, done, left, quota, pace, last_judged_at, waiting } = standing;
  const minutes = pace === null || pace === 0 ? null : Math.ceil((left / pace) * 60);
  const facts = [
    ...(training_left > 0 ? [t.training(training_left)] : []),
    t.done(done),
    t.left(left),
    ...(quota === null ? [] : [t.quota(quota)]),
    ...(pace === null ? [] : [t.pace(pace)]),
    ...(minutes === null || left === 0 ? [] : [t.minutes(minutes)]),
  ];
  return (
    <li className="card flex flex-wrap items-center gap-x-6 gap-y-3 px-5 py-4">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{project.name}</span>
          {project.status !== 'running' && <StatusChip status={project.status} />}
        </p>
        <p className="mt-0.5 text-soft text-sm tabular-nums">{facts.join(' · ')}</p>
        {last_judged_at !== null && (
          <p className="text-faint text-xs">
            {t.last} <Ago at={last_judged_at} />
          </p>
        )}
        <progress
          aria-label={t.progress(project.name)}
          max={Math.max(1, done + left)}
          value={done}
          className="mt-2 h-1.5 w-full overflow-hidden rounded-full [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
        />
      </div>
      {waiting === null ? (
        <StartLink id={project.id} name={project.name} standing={standing} />
      ) : (
        <span className="text-faint text-sm">{t.waiting[waiting]}</span>
      )}
    </li>
  );
}

function StartLink({ id, name, standing }: { id: string; name: string; standing: JudgingStanding }) {
  const t = useText(text).mine;
  const begun = standing.done > 0 ? t.goOn : t.start;
  const verb = standing.phase === 'training' ? t.train : begun;
  return (
    <Link
      to="/judge/$project"
      params={{ project: id }}
      aria-label={t.startProject(verb, name)}
      className="main-button"
    >
      {verb}
    </Link>
  );
}
