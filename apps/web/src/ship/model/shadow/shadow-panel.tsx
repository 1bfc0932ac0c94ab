import type { Model } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../../../shell/parts/error-notice.tsx';
import { Loading } from '../../../shell/parts/loading.tsx';
import { mayAct } from '../../../shell/role-rank.ts';
import { useMe } from '../../../shell/session.ts';
import { useText } from '../../../text/use-text.ts';
import { shadowQuery } from './shadow-queries.ts';
import { ShadowRun } from './shadow-run.tsx';
import { StartShadow } from './start-shadow.tsx';
import { StopShadow } from './stop-shadow.tsx';
import { text } from './text.ts';

/** A reward model beside live traffic, unseen: its newest run, and the way to start and stop one. */
export function ShadowPanel({ model }: { model: Model }) {
  const t = useText(text);
  const { role } = useMe();
  const query = useQuery({ ...shadowQuery(model.id), enabled: model.kind === 'reward' });
  if (model.kind !== 'reward') return null;
  const shadow = query.data?.shadow;
  const isRunning = shadow?.status === 'running';
  return (
    <section aria-labelledby="shadow" className="space-y-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 id="shadow" className="font-medium font-serif text-xl">
            {t.title}
          </h2>
          <p className="max-w-prose text-soft text-sm">{t.about}</p>
        </div>
        {query.data && mayAct(role, 'trainer') && isRunning && <StopShadow id={model.id} />}
        {query.data && mayAct(role, 'trainer') && !isRunning && model.status !== 'archived' && (
          <StartShadow id={model.id} />
        )}
      </div>
      {query.isError && <ErrorNotice error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <Loading what={t.title} />}
      {shadow === null && <p className="text-soft text-sm">{t.none}</p>}
      {shadow && <ShadowRun id={model.id} shadow={shadow} />}
    </section>
  );
}
