import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { LoadDemo } from '../demo/load-demo.tsx';
import { api } from '../shell/api.ts';
import { Choice } from '../shell/parts/choice.tsx';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { Loading } from '../shell/parts/loading.tsx';
import { PageBody } from '../shell/parts/page-body.tsx';
import { PageHead } from '../shell/parts/page-head.tsx';
import { mayAct } from '../shell/role-rank.ts';
import { useMe } from '../shell/session.ts';
import { useText } from '../text/use-text.ts';
import { Annotators } from './annotators.tsx';
import { type Days, dashboardSearch, periods } from './dashboard-search.ts';
import { Figures } from './figures.tsx';
import { FirstSteps } from './first-steps.tsx';
import { OpenAlerts } from './open-alerts.tsx';
import { QueueHealth } from './queue-health.tsx';
import { SatisfactionChart } from './satisfaction-chart.tsx';
import { text } from './text.ts';
import { TrafficChart } from './traffic-chart.tsx';

/** Numbers that change by themselves are read again this often. */
const AGAIN_MS = 60_000;

/** Traffic, satisfaction, coverage, the queue, and who does the work. */
export function DashboardPage() {
  const t = useText(text);
  const { role } = useMe();
  const { days = 28 } = useSearch({ from: '/frame/dashboard' });
  return (
    <PageBody>
      <PageHead title={t.title} about={t.about}>
        <PeriodChoice days={days} />
      </PageHead>
      <div className="grid grid-cols-1 gap-6">
        <OpenAlerts />
        <Numbers days={days} />
        {mayAct(role, 'curator') && <QueueHealth />}
        {mayAct(role, 'curator') && <Annotators days={days} />}
      </div>
    </PageBody>
  );
}

function PeriodChoice({ days }: { days: Days }) {
  const t = useText(text);
  const navigate = useNavigate();
  const options = periods.map((period) => ({ value: String(period), label: t.lastDays(period) }));
  return (
    <Choice
      label={t.period}
      options={options}
      value={String(days)}
      onValue={(value) =>
        void navigate({ to: '/dashboard', search: dashboardSearch({ days: value }), replace: true })
      }
    />
  );
}

function Numbers({ days }: { days: Days }) {
  const t = useText(text);
  const overview = useQuery({
    queryKey: ['overview', days],
    queryFn: ({ signal }) => api.getOverview({ query: { days } }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  });
  if (overview.isError) return <ErrorNotice error={overview.error} onRetry={() => overview.refetch()} />;
  if (overview.isPending) return <Loading what={t.what} />;
  const { now, before } = overview.data;
  if (now.answers + now.feedback + before.answers + before.feedback === 0) {
    return (
      <>
        <FirstSteps />
        <LoadDemo />
      </>
    );
  }
  return (
    <>
      <Figures overview={overview.data} />
      <div className="grid gap-6 lg:grid-cols-2">
        <TrafficChart days={overview.data.days} />
        <SatisfactionChart days={overview.data.days} />
      </div>
    </>
  );
}
