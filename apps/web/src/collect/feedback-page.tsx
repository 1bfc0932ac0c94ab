import type { Feedback } from '@attune/contracts';
import { spokenIn } from '@attune/react/headless';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import { api } from '../shell/api.ts';
import { Choice } from '../shell/parts/choice.tsx';
import { Empty } from '../shell/parts/empty.tsx';
import { ErrorNotice } from '../shell/parts/error-notice.tsx';
import { Loading } from '../shell/parts/loading.tsx';
import { PageBody } from '../shell/parts/page-body.tsx';
import { PageHead } from '../shell/parts/page-head.tsx';
import { ShowMore } from '../shell/parts/show-more.tsx';
import { useText } from '../text/use-text.ts';
import { useLive } from '../watch/live/live-source.tsx';
import { FeedbackRow } from './feedback-row.tsx';
import {
  type FeedbackSearch,
  feedbackSearch,
  filterOf,
  ratings,
  statuses,
  types,
} from './feedback-search.ts';
import { text } from './text.ts';

/** What people said about answers, newest first. */
export function FeedbackPage() {
  const t = useText(text);
  const search = useSearch({ from: '/frame/feedback' });
  return (
    <PageBody>
      <PageHead title={t.title} about={t.about}>
        <Filters search={search} />
      </PageHead>
      <FeedbackList search={search} />
    </PageBody>
  );
}

function Filters({ search }: { search: FeedbackSearch }) {
  const t = useText(text);
  const navigate = useNavigate();
  const change = (name: keyof FeedbackSearch, value: string) =>
    void navigate({ to: '/feedback', search: feedbackSearch({ ...search, [name]: value }), replace: true });
  return (
    <div className="flex flex-wrap gap-2">
      <Choice
        label={t.filters.status}
        options={[
          { value: '', label: t.filters.anyStatus },
          ...statuses.map((value) => ({ value, label: t.statuses[value] })),
        ]}
        value={search.status ?? ''}
        onValue={(value) => change('status', value)}
      />
      <Choice
        label={t.filters.rating}
        options={[
          { value: '', label: t.filters.anyRating },
          ...ratings.map((value) => ({ value, label: t.filters[value] })),
        ]}
        value={search.rating ?? ''}
        onValue={(value) => change('rating', value)}
      />
      <Choice
        label={t.filters.type}
        options={[
          { value: '', label: t.filters.anyType },
          ...types.map((value) => ({ value, label: t.types[value] })),
        ]}
        value={search.type ?? ''}
        onValue={(value) => change('type', value)}
      />
    </div>
  );
}

/** How often one looks whether a recording has its text, in milliseconds. */
const LOOK_AGAIN_MS = 2000;

function awaitsText(feedback: Feedback): boolean {
  return feedback.feedback_type === 'voice' && spokenIn(feedback).transcript === 'pending';
}

function FeedbackList({ search }: { search: FeedbackSearch }) {
  const t = useText(text);
  const { counters } = useLive();
  const filter = filterOf(search);
  const list = useInfiniteQuery({
    queryKey: ['feedback', filter, counters?.feedback ?? null],
    queryFn: ({ pageParam, signal }) =>
      api.listFeedback(
        { query: { ...filter, limit: 30, ...(pageParam !== null && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(awaitsText)) ? LOOK_AGAIN_MS : false,
  });
  if (list.isError) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Loading what={t.what} lines={5} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <Empty icon={Inbox} title={t.empty.title}>
        {Object.keys(search).length === 0 ? t.empty.none : t.empty.filtered}
      </Empty>
    );
  }
  return (
    <>
      <ul className="card divide-y divide-line">
        {items.map((feedback) => (
          <FeedbackRow key={feedback.id} feedback={feedback} />
        ))}
      </ul>
      <ShowMore list={list} />
    </>
  );
}
