import type { RetrainingRule } from '@attune/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, Plus, Repeat } from 'lucide-react';
import { Empty } from '../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { ShowMore } from '../../shell/parts/show-more.tsx';
import { useText } from '../../text/use-text.ts';
import { LastRun } from './last-run.tsx';
import { rulesQuery } from './rule-queries.ts';
import { RuleState } from './rule-state.tsx';
import { text } from './text.ts';

/** Every rule that retrains by itself. */
export function RulesPage() {
  const t = useText(text);
  return (
    <PageBody>
      <Link to="/training" className="quiet-button -ml-2.5">
        <ArrowLeft aria-hidden className="size-4" /> {t.back}
      </Link>
      <PageHead title={t.title} about={t.about}>
        <Link to="/training/rules/new" className="main-button">
          <Plus aria-hidden className="size-4" /> {t.add}
        </Link>
      </PageHead>
      <Rules />
    </PageBody>
  );
}

function Rules() {
  const t = useText(text);
  const rules = useInfiniteQuery(rulesQuery);
  if (rules.isError) return <ErrorNotice error={rules.error} onRetry={() => rules.refetch()} />;
  if (rules.isPending) return <Loading what={t.theRules} />;
  const items = rules.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <Empty icon={Repeat} title={t.empty}>
        {t.emptyAbout}
      </Empty>
    );
  }
  return (
    <>
      <ul className="card divide-y divide-line">
        {items.map((rule) => (
          <Rule key={rule.id} rule={rule} />
        ))}
      </ul>
      <ShowMore list={rules} />
    </>
  );
}

function Rule({ rule }: { rule: RetrainingRule }) {
  const t = useText(text);
  return (
    <li className="relative px-5 py-4 hover:bg-sunken">
      <p className="flex flex-wrap items-center gap-2">
        <Link
          to="/training/rules/$id"
          params={{ id: rule.id }}
          className="font-medium [overflow-wrap:anywhere] after:absolute after:inset-0"
        >
          {rule.name}
        </Link>
        <RuleState rule={rule} />
      </p>
      <p className="text-faint text-sm">{t.trigger(rule.trigger)}</p>
      {rule.last_run !== null && <LastRun run={rule.last_run} />}
    </li>
  );
}
