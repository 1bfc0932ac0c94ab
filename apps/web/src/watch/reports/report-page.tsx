import type { Report } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, Download } from 'lucide-react';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { ReportActions } from './report-actions.tsx';
import { ReportChanges } from './report-changes.tsx';
import { ReportHappenings } from './report-happenings.tsx';
import { reportQuery } from './report-queries.ts';
import { ReportTopicList } from './report-topic-list.tsx';
import { text } from './text.ts';

/** One report: what is proposed, what changed, and what people said. */
export function ReportPage() {
  const t = useText(text);
  const { id } = useParams({ from: '/frame/reports/$id' });
  const report = useQuery(reportQuery(id));
  return (
    <PageBody>
      <Link to="/reports" className="quiet-button -ml-2.5">
        <ArrowLeft aria-hidden className="size-4" /> {t.title}
      </Link>
      {report.isError && <ErrorNotice error={report.error} onRetry={() => report.refetch()} />}
      {report.isPending && <Loading what={t.what} />}
      {report.isSuccess && <ReportView report={report.data} />}
    </PageBody>
  );
}

function ReportView({ report }: { report: Report }) {
  const t = useText(text);
  const { content, kind, from, to } = report;
  return (
    <>
      <PageHead title={t.titleOf(kind, from, to)} about={t.against(report.before, from)}>
        <Downloads report={report} />
      </PageHead>
      <div className="grid grid-cols-1 gap-8">
        <Totals content={content} />
        <ReportActions report={report} />
        <ReportChanges changes={content.changes} />
        <ReportTopicList title={t.questions} none={t.noTopics} part={content.questions} />
        <ReportTopicList title={t.comments} none={t.noTopics} part={content.comments} />
        <ReportHappenings content={content} />
      </div>
    </>
  );
}

function Downloads({ report: { id, kind, from } }: { report: Report }) {
  const t = useText(text);
  return (
    <div className="flex flex-wrap gap-2">
      {(['md', 'html'] as const).map((format) => (
        <a
          key={format}
          className="line-button"
          href={`/api/reports/${id}/file?format=${format}`}
          download={`report-${kind}-${from.slice(0, 10)}.${format}`}
        >
          <Download aria-hidden className="size-4" /> {t.formats[format]}
        </a>
      ))}
    </div>
  );
}

function Totals({ content: { totals, people } }: { content: Report['content'] }) {
  const t = useText(text);
  const { count } = useFormats();
  const figures = { ...totals, active: people.active, new: people.new };
  const names = ['answers', 'feedback', 'comments', 'tokens', 'active', 'new'] as const;
  return (
    <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-6">
      {names.map((name) => (
        <div key={name} className="card p-4">
          <dt className="text-soft text-sm">{t.totals[name]}</dt>
          <dd className="mt-1">
            <span className="block font-serif text-2xl tabular-nums leading-tight">
              {count(figures[name].now)}
            </span>
            <span className="block text-faint text-xs tabular-nums">
              {t.beforeCount(figures[name].before)}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
