import type { RetrainingRule } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PageBody } from '../../shell/parts/page-body.tsx';
import { PageHead } from '../../shell/parts/page-head.tsx';
import { Tabbed } from '../../shell/parts/tabbed.tsx';
import { useText } from '../../text/use-text.ts';
import { DeployQuestion } from './deploy-question.tsx';
import { LastRun, RunLinks } from './last-run.tsx';
import { RuleActions } from './rule-actions.tsx';
import { ruleDraftOf } from './rule-draft.ts';
import { RuleForm } from './rule-form.tsx';
import { RuleLog } from './rule-log.tsx';
import { RuleLook } from './rule-look.tsx';
import { ruleQuery } from './rule-queries.ts';
import { text } from './text.ts';

/** One rule: what it sees, what it did, what it is told. */
export function RulePage() {
  const t = useText(text);
  const { id } = useParams({ from: '/frame/training/rules/$id' });
  const rule = useQuery(ruleQuery(id));
  return (
    <PageBody>
      <Link to="/training/rules" className="quiet-button -ml-2.5">
        <ArrowLeft aria-hidden className="size-4" /> {t.all}
      </Link>
      {rule.isError && <ErrorNotice error={rule.error} onRetry={() => rule.refetch()} />}
      {rule.isPending && <Loading what={t.theRule} />}
      {rule.data && <Rule rule={rule.data} />}
    </PageBody>
  );
}

function Rule({ rule }: { rule: RetrainingRule }) {
  const t = useText(text);
  const [view, setView] = useState<'log' | 'change'>('log');
  return (
    <>
      <PageHead title={rule.name} about={t.trigger(rule.trigger)}>
        <RuleActions rule={rule} />
      </PageHead>
      <div className="mb-6 grid gap-4 md:grid-cols-2">
        <RuleLook id={rule.id} />
        <section className="card p-5">
          <h2 className="eyebrow mb-2">{t.lastRun}</h2>
          {rule.last_run === null ? (
            <p className="text-soft text-sm">{t.noRun}</p>
          ) : (
            <>
              <LastRun run={rule.last_run} />
              <RunLinks run={rule.last_run} />
              {rule.last_run.outcome === 'finished' && rule.last_run.model_id !== null && (
                <DeployQuestion model={rule.last_run.model_id} />
              )}
            </>
          )}
        </section>
      </div>
      <Tabbed
        label={t.views}
        value={view}
        onValue={setView}
        tabs={[
          { value: 'log', label: t.log, panel: <RuleLog id={rule.id} /> },
          { value: 'change', label: t.change, panel: <RuleForm start={ruleDraftOf(rule)} rule={rule} /> },
        ]}
      />
    </>
  );
}
