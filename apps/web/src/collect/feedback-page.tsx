import type { FeedbackStatus } from '@attune/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import { useState } from 'react';
import { api } from '../shell/api.ts';
import { Choice } from '../shell/choice.tsx';
import { Empty } from '../shell/empty.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { Loading } from '../shell/loading.tsx';
import { PageBody } from '../shell/page-body.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { FeedbackRow } from './feedback-row.tsx';

type StatusFilter = FeedbackStatus | 'all';
type RatingFilter = 'all' | 'low' | 'high';

const statuses: readonly { value: StatusFilter; label: string }[] = [
  { value: 'all', label: 'Any status' },
  { value: 'pending', label: 'Pending' },
  { value: 'approved', label: 'Approved' },
  { value: 'rejected', label: 'Rejected' },
  { value: 'flagged', label: 'Flagged' },
];
const ratings: readonly { value: RatingFilter; label: string }[] = [
  { value: 'all', label: 'Any rating' },
  { value: 'low', label: '1 and 2 stars' },
  { value: 'high', label: '4 and 5 stars' },
];
const ratingBounds: Record<RatingFilter, { min_rating?: number; max_rating?: number }> = {
  all: {},
  low: { max_rating: 2 },
  high: { min_rating: 4 },
};

/** What people said about answers, newest first. */
export function FeedbackPage() {
  const [status, setStatus] = useState<StatusFilter>('all');
  const [rating, setRating] = useState<RatingFilter>('all');
  return (
    <PageBody>
      <PageHead title="Feedback" about="What people said about answers, newest first.">
        <div className="flex flex-wrap gap-2">
          <Choice label="Status" options={statuses} value={status} onValue={setStatus} />
          <Choice label="Rating" options={ratings} value={rating} onValue={setRating} />
        </div>
      </PageHead>
      <FeedbackList status={status} rating={rating} />
    </PageBody>
  );
}

function FeedbackList({ status, rating }: { status: StatusFilter; rating: RatingFilter }) {
  const filter = { ...(status !== 'all' && { status }), ...ratingBounds[rating], limit: 30 };
  const list = useInfiniteQuery({
    queryKey: ['feedback', filter],
    queryFn: ({ pageParam, signal }) =>
      api.listFeedback(
        { query: { ...filter, ...(pageParam !== null && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  if (list.isError) return <ErrorNotice error={list.error} onRetry={() => list.refetch()} />;
  if (list.isPending) return <Loading what="feedback" lines={5} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <Empty icon={Inbox} title="No feedback here">
        {status === 'all' && rating === 'all'
          ? 'Ask a question and rate the answer, or import ratings with “attune import ratings FILE”.'
          : 'Nothing matches these filters.'}
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
      {list.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <button
            type="button"
            className="line-button"
            disabled={list.isFetchingNextPage}
            onClick={() => list.fetchNextPage()}
          >
            {list.isFetchingNextPage ? 'Loading…' : 'Show more'}
          </button>
        </div>
      )}
    </>
  );
}
