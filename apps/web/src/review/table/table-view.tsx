import type { Count, ReviewItem } from '@attune/contracts';
import { Inbox } from 'lucide-react';
import { useState } from 'react';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { Empty } from '../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { useText } from '../../text/use-text.ts';
import { narrowings } from '../filter/review-search.ts';
import { useReviewSearch } from '../filter/use-review-search.ts';
import { text } from '../text.ts';
import { BulkBar } from './bulk-bar.tsx';
import { QueueTable } from './queue-table.tsx';
import { nothingSelected, without } from './selection.ts';
import { SemanticNote } from './semantic-note.tsx';
import { TableActions } from './table-actions.tsx';
import { useBulk } from './use-bulk.ts';
import { useQueue } from './use-queue.ts';

/** The queue as a list to look through, select from and decide in bulk. */
export function TableView() {
  const t = useText(text);
  const { filter } = useReviewSearch();
  const list = useQueue();
  if (list.isError) {
    return (
      <div className="p-6">
        <ErrorNotice error={list.error} onRetry={() => list.refetch()} />
      </div>
    );
  }
  if (list.isPending) {
    return (
      <div className="flex-1 overflow-hidden px-4 sm:px-6">
        <Loading what={t.theQueue} lines={8} />
      </div>
    );
  }
  const [first] = list.data.pages;
  return (
    <QueueOf
      key={JSON.stringify(filter)}
      items={list.data.pages.flatMap(({ items }) => items)}
      count={first?.count ?? { value: 0, exact: true }}
      index={first?.semantic_index ?? null}
      list={list}
    />
  );
}

interface QueueOfProps {
  items: readonly ReviewItem[];
  count: Count;
  index: { indexed: number; total: number } | null;
  list: ReturnType<typeof useQueue>;
}

function QueueOf({ items, count, index, list }: QueueOfProps) {
  const t = useText(text);
  const { filter } = useReviewSearch();
  const bulk = useBulk(filter);
  const [selection, setSelection] = useState(nothingSelected);
  const [at, setAt] = useState(0);
  const rows = items.filter(({ feedback }) => !bulk.gone.has(feedback.id));
  const current = rows[Math.min(at, rows.length - 1)] ?? null;
  const seen = without(selection, [...bulk.gone]);
  if (rows.length === 0 && !list.hasNextPage) return <NothingHere undo={bulk.undo} />;
  return (
    <>
      <SemanticNote index={index} />
      <QueueTable
        rows={rows}
        count={count}
        at={at}
        onMove={setAt}
        selection={seen}
        onSelection={setSelection}
        list={list}
      />
      <TableActions
        current={current}
        selection={seen}
        bulk={bulk}
        onDone={() => setSelection(nothingSelected)}
      >
        {(actions) => (
          <BulkBar
            selection={seen}
            shown={rows.length}
            count={count}
            running={bulk.running}
            actions={actions}
            onSelection={setSelection}
          />
        )}
      </TableActions>
      <p className="sr-only" role="status">
        {seen.everything ? t.bulk.allMatching(count.value, count.exact) : t.bulk.selected(seen.ids.size)}
      </p>
    </>
  );
}

function NothingHere({ undo }: { undo: () => void }) {
  const t = useText(text);
  const { filter, show } = useReviewSearch();
  const narrowed = narrowings(filter).length > 0;
  useKeys({ u: { says: t.actions.undo, does: undo } }, { help: t.actions.label });
  return (
    <div className="mx-auto w-full max-w-3xl px-4 py-10">
      <Empty icon={Inbox} title={narrowed ? t.none.filteredTitle : t.none.title}>
        {narrowed ? t.none.filtered : t.none.about}
      </Empty>
      <div className="mt-4 flex justify-center gap-2">
        {narrowed && (
          <button type="button" className="line-button" onClick={() => show({ view: 'table' })}>
            {t.none.clear}
          </button>
        )}
        <button type="button" className="quiet-button min-h-9" onClick={undo}>
          {t.actions.undo}
        </button>
      </div>
    </div>
  );
}
