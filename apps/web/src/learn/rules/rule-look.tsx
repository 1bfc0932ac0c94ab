import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { dryRunQuery } from './rule-queries.ts';
import { text } from './text.ts';

/** A dry run: what the rule sees now, what it would do, and what keeps it from it. */
export function RuleLook({ id }: { id: string }) {
  const t = useText(text);
  const { moment } = useFormats();
  const dryRun = useQuery(dryRunQuery(id));
  if (dryRun.isError) return <ErrorNotice error={dryRun.error} onRetry={() => dryRun.refetch()} />;
  if (dryRun.isPending) return <Loading what={t.now} />;
  const look = dryRun.data;
  const facts: [string, string | null][] = [
    [t.ratings, look.ratings === null ? null : t.counted(look)],
    [t.accuracy, look.accuracy === null ? null : t.accuracySeen(look.accuracy)],
    [t.nextAt, look.next_at === null ? null : moment(look.next_at)],
    [t.earliest, look.earliest_at === null ? null : moment(look.earliest_at)],
    [t.cost, t.costs(look.spent, look.expected_cost)],
  ];
  return (
    <section className="card p-5">
      <h2 className="eyebrow mb-2">{t.now}</h2>
      <p className="mb-3 font-medium">
        {t.verdicts[look.verdict]} {look.cause !== null && t.because(t.causes[look.cause])}
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-sm">
        {facts.map(([name, value]) => (
          <div key={name} className={value === null ? 'hidden' : 'contents'}>
            <dt className="text-faint">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
