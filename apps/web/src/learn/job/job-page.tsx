import type { Job } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { Choice } from '../../shell/parts/choice.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { Tabbed } from '../../shell/parts/tabbed.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { Curves } from '../curves/curves.tsx';
import { jobQuery, otherJobsQuery } from '../job-queries.ts';
import { text } from '../text.ts';
import { jobSearch, jobTabs } from '../training-search.ts';
import { JobActions } from './job-actions.tsx';
import { JobFiles } from './job-files.tsx';
import { JobHead } from './job-head.tsx';
import { JobLog } from './job-log.tsx';
import { JobResult } from './job-result.tsx';
import { JobSamples } from './job-samples.tsx';
import { JobSettings } from './job-settings.tsx';
import { JudgedSamples } from './judged-samples.tsx';
import { useJobEvents } from './use-job-events.ts';

/** One run, while it learns and after. */
export function JobPage() {
  const t = useText(text);
  const { id } = useParams({ from: '/frame/training/$id' });
  const job = useQuery(jobQuery(id));
  return (
    <PageBody>
      <Link to="/training" className="quiet-button -ml-2.5">
        <ArrowLeft aria-hidden className="size-4" /> {t.back}
      </Link>
      {job.isError && <ErrorNotice error={job.error} onRetry={() => job.refetch()} />}
      {job.isPending && <Loading what={t.theRun} />}
      {job.data && <Run job={job.data} />}
    </PageBody>
  );
}

function Run({ job }: { job: Job }) {
  const t = useText(text);
  const { tab = 'curves', against } = useSearch({ from: '/frame/training/$id' });
  const navigate = useNavigate();
  const news = useJobEvents(job.id);
  const other = useQuery({ ...jobQuery(against ?? ''), enabled: against !== undefined });
  const show = (search: object) =>
    void navigate({
      to: '/training/$id',
      params: { id: job.id },
      search: jobSearch({ tab, against, ...search }),
      replace: true,
    });
  const panels = {
    curves: <Curves job={job} against={against} />,
    samples: (
      <>
        <JudgedSamples job={job} />
        <JobSamples samples={news.samples} />
      </>
    ),
    settings: <JobSettings job={job} against={other.data ?? null} />,
    files: <JobFiles id={job.id} />,
    result: <JobResult job={job} />,
    log: <JobLog id={job.id} logs={news.logs} />,
  };
  return (
    <>
      <PageHead title={job.model_name} about={`${t.recipes[job.recipe]}, ${job.base_model}`}>
        <JobActions job={job} />
      </PageHead>
      <JobHead job={job} alarms={news.alarms} />
      <Against job={job} against={against} onAgainst={(id) => show({ against: id })} />
      <Tabbed
        label={t.views}
        tabs={jobTabs.map((value) => ({ value, label: t.tabs[value], panel: panels[value] }))}
        value={tab}
        onValue={(value) => show({ tab: value })}
      />
    </>
  );
}

/** Another run of the same recipe, whose curves and settings stand beside. */
function Against({
  job,
  against,
  onAgainst,
}: {
  job: Job;
  against: string | undefined;
  onAgainst: (id: string) => void;
}) {
  const t = useText(text);
  const { moment } = useFormats();
  const others = useQuery(otherJobsQuery(job.recipe));
  const options = (others.data?.items ?? []).filter(({ id }) => id !== job.id);
  if (options.length === 0) return null;
  return (
    <p className="mb-4 flex flex-wrap items-center gap-2 text-sm">
      {t.compareWith}
      <Choice
        label={t.compareWith}
        options={[
          { value: '', label: t.nothing },
          ...options.map((one) => ({ value: one.id, label: `${one.model_name}, ${moment(one.created_at)}` })),
        ]}
        value={against ?? ''}
        onValue={onAgainst}
      />
    </p>
  );
}
