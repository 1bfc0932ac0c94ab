import type { AgreementReport, JudgingProject } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { ChartNoAxesColumn } from 'lucide-react';
import type { ReactNode } from 'react';
import { api } from '../../../shell/api.ts';
import { Empty } from '../../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../../shell/parts/error-notice.tsx';
import { Loading } from '../../../shell/parts/loading.tsx';
import { useFormats, useText } from '../../../text/use-text.ts';
import { text } from '../text.ts';
import { AgreementTable } from './agreement-table.tsx';
import { JudgePairsTable } from './judge-pairs-table.tsx';
import { JudgesTable } from './judges-table.tsx';

/** How far the judges agree, how reliable each is, and where each leans. */
export function AgreementTab({ project }: { project: JudgingProject }) {
  const t = useText(text).agreement;
  const report = useQuery({
    queryKey: ['judging', 'agreement', project.id],
    queryFn: ({ signal }) => api.judgingAgreement({ params: { id: project.id } }, { signal }),
  });
  if (report.isError) return <ErrorNotice error={report.error} onRetry={() => report.refetch()} />;
  if (report.isPending) return <Loading what={t.what} />;
  if (report.data.judgements === 0) {
    return (
      <Empty icon={ChartNoAxesColumn} title={t.none}>
        {t.noneAbout}
      </Empty>
    );
  }
  return <Report project={project} report={report.data} />;
}

function Report({ project, report }: { project: JudgingProject; report: AgreementReport }) {
  const t = useText(text).agreement;
  const { day } = useFormats();
  return (
    <div className="grid grid-cols-1 gap-8">
      <Section title={t.questions} about={`${t.basis(report.items, report.judgements)} ${t.alphaAbout}`}>
        <AgreementTable label={t.questions} project={project} agreements={report.questions} />
      </Section>
      <Section title={t.judges} about={t.reliabilityAbout}>
        <JudgesTable judges={report.judges} />
      </Section>
      {report.judge_pairs.length > 0 && (
        <Section title={t.pairs}>
          <JudgePairsTable project={project} report={report} />
        </Section>
      )}
      {report.weeks.length > 1 &&
        report.weeks.toReversed().map(({ week, questions }) => (
          <Section key={week} title={`${t.week} ${day(week)}`}>
            <AgreementTable label={`${t.week} ${day(week)}`} project={project} agreements={questions} />
          </Section>
        ))}
    </div>
  );
}

function Section({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="font-medium font-serif text-xl">{title}</h2>
      {about !== undefined && <p className="mt-0.5 mb-3 max-w-prose text-faint text-sm">{about}</p>}
      <div className={about === undefined ? 'mt-3' : ''}>{children}</div>
    </section>
  );
}
