import type { Experiment } from '@attune/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { FlaskConical, Plus } from 'lucide-react';
import { Choice } from '../../shell/parts/choice.tsx';
import { Empty } from '../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { ShowMore } from '../../shell/parts/show-more.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { experimentsQuery } from './experiment-queries.ts';
import { experimentsSearch, statuses } from './experiment-search.ts';
import { ExperimentState, Outcome } from './experiment-state.tsx';
import { Times } from './experiment-times.tsx';
import { SelfTestPanel } from './self-test/self-test-panel.tsx';
import { text } from './text.ts';

/** Every experiment, newest first. */
export function ExperimentsPage() {
  const t = useText(text);
  const { status } = useSearch({ from: '/frame/experiments' });
  const navigate = useNavigate();
  return (
    <PageBody>
      <PageHead title={t.title} about={t.about}>
        <StartLink says={t.start} />
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
            void navigate({ to: '/experiments', search: experimentsSearch({ status: value }), replace: true })
          }
        />
      </search>
      <Experiments />
      <SelfTestPanel />
    </PageBody>
  );
}

function StartLink({ says }: { says: string }) {
  if (!mayAct(useMe().role, 'trainer')) return null;
  return (
    <Link to="/experiments/new" className="main-button">
      <Plus aria-hidden className="size-4" /> {says}
    </Link>
  );
}

function Experiments() {
  const t = useText(text);
  const { status } = useSearch({ from: '/frame/experiments' });
  const experiments = useInfiniteQuery(experimentsQuery(status));
  if (experiments.isError) {
    return <ErrorNotice error={experiments.error} onRetry={() => experiments.refetch()} />;
  }
  if (experiments.isPending) return <Loading what={t.theExperiments} />;
  const items = experiments.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <Empty icon={FlaskConical} title={status === undefined ? t.empty : t.noneMatch}>
        {status === undefined ? t.emptyAbout : t.noneMatchAbout}
        {status === undefined && (
          <span className="mt-4 block">
            <StartLink says={t.startFirst} />
          </span>
        )}
      </Empty>
    );
  }
  return (
    <>
      <ul className="card divide-y divide-line">
        {items.map((experiment) => (
          <ExperimentRow key={experiment.id} experiment={experiment} />
        ))}
      </ul>
      <ShowMore list={experiments} />
    </>
  );
}

function ExperimentRow({ experiment }: { experiment: Experiment }) {
  const t = useText(text);
  const { id, name, status, control_model_id, treatment_model_id, traffic, unit, results } = experiment;
  return (
    <li className="relative flex flex-wrap items-center gap-x-8 gap-y-1 px-5 py-4 hover:bg-sunken">
      <div className="min-w-56 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <Link
            to="/experiments/$id"
            params={{ id }}
            className="font-medium [overflow-wrap:anywhere] after:absolute after:inset-0"
          >
            {name}
          </Link>
          <ExperimentState status={status} />
        </p>
        <p className="text-faint text-sm [overflow-wrap:anywhere]">
          {t.versus(treatment_model_id, control_model_id)}, {t.trafficShare(traffic)}
        </p>
        <p className="text-faint text-sm">
          <Times experiment={experiment} />
        </p>
      </div>
      <div className="text-sm sm:w-96">
        <p className="font-medium">
          <Outcome experiment={experiment} />
        </p>
        <p className="text-faint">
          {results === null ? t.noUsers : t.users(results.users.control, results.users.treatment, unit)}
        </p>
      </div>
    </li>
  );
}
