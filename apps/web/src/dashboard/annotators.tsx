import type { AnnotatorActivity } from '@attune/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { api } from '../shell/api.ts';
import { Ago } from '../shell/parts/ago.tsx';
import { type Column, DataTable } from '../shell/parts/data-table.tsx';
import { Empty } from '../shell/parts/empty.tsx';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { Loading } from '../shell/parts/loading.tsx';
import { useFormats, useText } from '../text/use-text.ts';
import type { Days } from './dashboard-search.ts';
import { text } from './text.ts';

/** What each member did for the data. */
export function Annotators({ days }: { days: Days }) {
  const t = useText(text);
  return (
    <section>
      <h2 className="mb-3 font-serif text-xl">{t.annotators}</h2>
      <AnnotatorList days={days} />
    </section>
  );
}

function AnnotatorList({ days }: { days: Days }) {
  const t = useText(text);
  const annotators = useQuery({
    queryKey: ['annotators', days],
    queryFn: ({ signal }) => api.annotatorActivity({ query: { days } }, { signal }),
    placeholderData: keepPreviousData,
  });
  if (annotators.isError)
    return <ErrorNotice error={annotators.error} onRetry={() => annotators.refetch()} />;
  if (annotators.isPending) return <Loading what={t.annotatorsWhat} lines={2} />;
  if (annotators.data.items.length === 0) {
    return (
      <Empty icon={Users} title={t.nobody}>
        {t.nobodyAbout}
      </Empty>
    );
  }
  return <AnnotatorTable annotators={annotators.data.items} />;
}

function AnnotatorTable({ annotators }: { annotators: readonly AnnotatorActivity[] }) {
  const t = useText(text);
  const { count } = useFormats();
  const columns: Column<AnnotatorActivity>[] = [
    { key: 'person', label: t.person, cell: ({ name, email }) => (name === '' ? email : name) },
    { key: 'feedback', label: t.feedback, numeric: true, cell: ({ feedback }) => count(feedback) },
    { key: 'reviews', label: t.reviews, numeric: true, cell: ({ reviews }) => count(reviews) },
    { key: 'judgements', label: t.judgements, numeric: true, cell: ({ judgements }) => count(judgements) },
    {
      key: 'last',
      label: t.lastAt,
      cell: ({ last_at }) =>
        last_at !== null && <Ago at={last_at} className="whitespace-nowrap text-faint" />,
    },
  ];
  return (
    <DataTable
      label={t.annotators}
      columns={columns}
      rows={annotators}
      rowKey={({ name, email }) => email ?? name}
    />
  );
}
