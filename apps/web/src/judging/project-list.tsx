import type { JudgingProject } from '@attune/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Scale } from 'lucide-react';
import { Ago } from '../shell/parts/ago.tsx';
import { type Column, DataTable } from '../shell/parts/data-table.tsx';
import { Empty } from '../shell/parts/empty.tsx';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { Loading } from '../shell/parts/loading.tsx';
import { ShowMore } from '../shell/parts/show-more.tsx';
import { useText } from '../text/use-text.ts';
import { CreateProject } from './create-project.tsx';
import { projectsQuery } from './projects-query.ts';
import { StatusChip } from './status-chip.tsx';
import { text } from './text.ts';

/** All judging projects, newest first. */
export function ProjectList() {
  const t = useText(text).projects;
  const list = useInfiniteQuery(projectsQuery);
  if (list.isError) return <ErrorNotice error={list.error} onRetry={() => list.refetch()} />;
  if (list.isPending) return <Loading what={t.what} />;
  const projects = list.data.pages.flatMap(({ items }) => items);
  return (
    <div className="grid gap-4">
      <div className="flex justify-end">
        <CreateProject />
      </div>
      {projects.length === 0 ? (
        <Empty icon={Scale} title={t.empty}>
          {t.emptyAbout}
        </Empty>
      ) : (
        <ProjectTable projects={projects} />
      )}
      <ShowMore list={list} />
    </div>
  );
}

function ProjectTable({ projects }: { projects: readonly JudgingProject[] }) {
  const t = useText(text).projects;
  const columns: Column<JudgingProject>[] = [
    {
      key: 'name',
      label: t.name,
      cell: ({ id, name }) => (
        <Link
          to="/judge/projects/$project"
          params={{ project: id }}
          className="font-medium hover:text-accent-strong hover:underline"
        >
          {name}
        </Link>
      ),
    },
    { key: 'status', label: t.status, cell: ({ status }) => <StatusChip status={status} /> },
    {
      key: 'progress',
      label: t.progress,
      cell: ({ counts: { items, done } }) => (
        <span className="whitespace-nowrap text-soft tabular-nums">
          {items === 0 ? t.noItems : t.items(done, items)}
        </span>
      ),
    },
    { key: 'judges', label: t.judges, numeric: true, cell: ({ judges }) => judges.length },
    {
      key: 'changed',
      label: t.changed,
      cell: ({ updated_at }) => <Ago at={updated_at} className="whitespace-nowrap text-faint" />,
    },
  ];
  return <DataTable label={t.list} columns={columns} rows={projects} rowKey={({ id }) => id} />;
}
