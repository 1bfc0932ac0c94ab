import type { RetrainingDecision } from '@attune/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Ago } from '../../shell/parts/ago.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { ShowMore } from '../../shell/parts/show-more.tsx';
import { useText } from '../../text/use-text.ts';
import { decisionsQuery } from './rule-queries.ts';
import { text } from './text.ts';

/** What the rule decided and why, newest first. */
export function RuleLog({ id }: { id: string }) {
  const t = useText(text);
  const decisions = useInfiniteQuery(decisionsQuery(id));
  if (decisions.isError) return <ErrorNotice error={decisions.error} onRetry={() => decisions.refetch()} />;
  if (decisions.isPending) return <Loading what={t.theLog} />;
  return (
    <>
      <ol className="card divide-y divide-line">
        {decisions.data.pages
          .flatMap((page) => page.items)
          .map((decision) => (
            <Decision key={decision.id} decision={decision} />
          ))}
      </ol>
      <ShowMore list={decisions} />
    </>
  );
}

function Decision({ decision: { event, at, by, look, detail } }: { decision: RetrainingDecision }) {
  const t = useText(text);
  const why = [
    ...(look?.cause == null ? [] : [t.causes[look.cause]]),
    ...(look?.ratings == null ? [] : [t.counted(look)]),
    ...(look?.accuracy == null ? [] : [t.accuracySeen(look.accuracy)]),
    ...(by === null ? [] : [t.by(by)]),
    ...(detail === null ? [] : [detail]),
  ];
  return (
    <li className="px-5 py-3 text-sm">
      <p className={event === 'failed' || event === 'gave_up' ? 'text-bad' : ''}>
        {t.events[event]} <Ago at={at} className="text-faint" />
      </p>
      {why.length > 0 && <p className="text-soft [overflow-wrap:anywhere]">{why.join(' · ')}</p>}
    </li>
  );
}
