import { FocusView } from './desk/focus-view.tsx';
import { useReviewSearch } from './filter/use-review-search.ts';
import { ProgressLine } from './progress-line.tsx';
import { QueueBar } from './queue-bar.tsx';
import { TableView } from './table/table-view.tsx';

/** The review queue, one item at a time or as a table. */
export function ReviewPage() {
  const { filter, view } = useReviewSearch();
  return (
    <div
      className={`flex h-full flex-col ${view === 'table' ? 'short:overflow-y-auto' : 'cramped:overflow-y-auto'}`}
    >
      <QueueBar />
      <ProgressLine filter={filter} />
      {view === 'table' ? <TableView /> : <FocusView />}
    </div>
  );
}
