import type { Experiment } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { ErrorNotice } from '../../../shell/parts/error-notice.tsx';
import { Loading } from '../../../shell/parts/loading.tsx';
import { PageBody } from '../../../shell/parts/page-body.tsx';
import { PageHead } from '../../../shell/parts/page-head.tsx';
import { mayAct } from '../../../shell/role-rank.ts';
import { useMe } from '../../../shell/session.ts';
import { useText } from '../../../text/use-text.ts';
import { experimentQuery } from '../experiment-queries.ts';
import { text as experimentText } from '../text.ts';
import { CriteriaTable } from './criteria-table.tsx';
import { ExperimentActions } from './experiment-actions.tsx';
import { ExperimentHead } from './experiment-head.tsx';
import { ForcedVariants } from './forced-variants.tsx';
import { MetricTable } from './metric-table.tsx';
import { OverTime } from './over-time.tsx';
import { SampleRatio } from './sample-ratio.tsx';
import { SegmentTable } from './segment-table.tsx';
import { Verdict } from './verdict.tsx';

/** One experiment, while it runs and after. */
export function ExperimentPage() {
  const t = useText(experimentText);
  const { id } = useParams({ from: '/frame/experiments/$id' });
  const experiment = useQuery(experimentQuery(id));
  return (
    <PageBody>
      <Link to="/experiments" className="quiet-button -ml-2.5">
        <ArrowLeft aria-hidden className="size-4" /> {t.back}
      </Link>
      {experiment.isError && <ErrorNotice error={experiment.error} onRetry={() => experiment.refetch()} />}
      {experiment.isPending && <Loading what={t.theExperiment} />}
      {experiment.data && <Panel experiment={experiment.data} />}
    </PageBody>
  );
}

function Panel({ experiment }: { experiment: Experiment }) {
  const t = useText(experimentText);
  const trains = mayAct(useMe().role, 'trainer');
  const { name, control_model_id, treatment_model_id, results, status } = experiment;
  const isOver = status === 'completed' || status === 'cancelled';
  return (
    <>
      <PageHead title={name} about={t.versus(treatment_model_id, control_model_id)}>
        {trains && !isOver && <ExperimentActions experiment={experiment} />}
      </PageHead>
      <div className="space-y-6">
        <ExperimentHead experiment={experiment} />
        {results !== null && <SampleRatio results={results} experiment={experiment} />}
        <Verdict experiment={experiment} />
        <CriteriaTable experiment={experiment} />
        {results !== null && <MetricTable metrics={results.metrics} unit={experiment.unit} />}
        {results !== null && <OverTime experiment={experiment} />}
        {results !== null && <SegmentTable segments={results.segments} />}
        {trains && !isOver && <ForcedVariants experiment={experiment} />}
      </div>
    </>
  );
}
