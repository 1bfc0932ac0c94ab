import type { ReportKind, ReportSummary } from '@attune/contracts';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { FileText, Plus } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { Empty } from '../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { ShowMore } from '../../shell/parts/show-more.tsx';
import { useText } from '../../text/use-text.ts';
import { reportsQuery } from './report-queries.ts';
import { text } from './text.ts';

/** Every weekly and monthly report, newest first. */
export function ReportsPage() {
  const t = useText(text);
  return (
    <PageBody>
      <PageHead title={t.title} about={t.about}>
        <MakeReports />
      </PageHead>
      <Reports />
    </PageBody>
  );
}

function MakeReports() {
  const t = useText(text);
  const { sayError } = useSay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: (kind: ReportKind) => api.createReport({ body: { kind } }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['reports', 'list'] });
      void navigate({ to: '/reports/$id', params: { id } });
    },
    onError: sayError,
  });
  return (
    <div className="flex flex-wrap gap-2">
      {(['week', 'month'] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          className={kind === 'week' ? 'main-button' : 'line-button'}
          disabled={make.isPending}
          onClick={() => make.mutate(kind)}
        >
          {kind === 'week' && <Plus aria-hidden className="size-4" />} {t.make[kind]}
        </button>
      ))}
    </div>
  );
}

function Reports() {
  const t = useText(text);
  const reports = useInfiniteQuery(reportsQuery);
  if (reports.isError) return <ErrorNotice error={reports.error} onRetry={() => reports.refetch()} />;
  if (reports.isPending) return <Loading what={t.what} />;
  const items = reports.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <Empty icon={FileText} title={t.empty}>
        {t.emptyAbout}
      </Empty>
    );
  }
  return (
    <>
      <ul className="card divide-y divide-line">
        {items.map((report) => (
          <ReportRow key={report.id} report={report} />
        ))}
      </ul>
      <ShowMore list={reports} />
    </>
  );
}

function ReportRow({ report }: { report: ReportSummary }) {
  const t = useText(text);
  const { id, kind, from, to, answers, worse, actions, done, made_by } = report;
  return (
    <li className="relative flex flex-wrap items-center gap-x-8 gap-y-1 px-5 py-4 hover:bg-sunken">
      <div className="min-w-56 flex-1">
        <Link to="/reports/$id" params={{ id }} className="font-medium after:absolute after:inset-0">
          {t.titleOf(kind, from, to)}
        </Link>
        <p className="text-faint text-sm">
          {t.answers(answers)}, {made_by === null ? t.byClock : t.byHand}
        </p>
      </div>
      <div className="text-sm sm:w-72">
        <p className={worse.length > 0 ? 'font-medium text-bad' : 'text-soft'}>
          {worse.length > 0 ? t.worse(worse.map((metric) => t.metrics[metric])) : t.nothingWorse}
        </p>
        <p className="text-faint">{t.actionsDone(actions, done)}</p>
      </div>
    </li>
  );
}
