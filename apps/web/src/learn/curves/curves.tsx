import type { Job } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { LineChart } from 'lucide-react';
import { useMemo } from 'react';
import { Empty } from '../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { useText } from '../../text/use-text.ts';
import { curvesQuery } from '../job-queries.ts';
import { hasEnded } from '../job-state.ts';
import { text } from '../text.ts';
import { Curve } from './curve.tsx';
import { curveGroups } from './curve-groups.ts';

/** Everything that a run measures, one chart for each measurement, with those of another run beside. */
export function Curves({ job, against }: { job: Job; against: string | undefined }) {
  const t = useText(text);
  const own = useQuery(curvesQuery(job.id, !hasEnded(job)));
  const other = useQuery({ ...curvesQuery(against ?? '', false), enabled: against !== undefined });
  const groups = useMemo(
    () => curveGroups(own.data?.series ?? [], against === undefined ? [] : other.data?.series),
    [own.data, other.data, against],
  );
  if (own.isError) return <ErrorNotice error={own.error} onRetry={() => own.refetch()} />;
  if (own.isPending) return <Loading what={t.theCurves} />;
  if (groups.length === 0) {
    return (
      <Empty icon={LineChart} title={t.noCurves}>
        {hasEnded(job) ? t.noCurvesEver : t.noCurvesYet}
      </Empty>
    );
  }
  return (
    <div className="grid gap-4 md:grid-cols-2">
      {groups.map((group) => (
        <Curve key={group.name} group={group} />
      ))}
    </div>
  );
}
