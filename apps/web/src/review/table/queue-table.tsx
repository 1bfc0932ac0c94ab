import type { Count, ReviewItem } from '@attune/contracts';
import { useEffect, useRef } from 'react';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { useText } from '../../text/use-text.ts';
import { useReviewSearch } from '../filter/use-review-search.ts';
import { text } from '../text.ts';
import { arrowStep, focusRow } from './focus-row.ts';
import { allShown, extended, nothingSelected, type Selection, toggled } from './selection.ts';
import { ROW_HEIGHT, TableRow } from './table-row.tsx';
import type { useQueue } from './use-queue.ts';
import { useWindow } from './use-window.ts';

interface QueueTableProps {
  rows: readonly ReviewItem[];
  count: Count;
  /** Index of the row that keys act on. */
  at: number;
  onMove: (at: number) => void;
  selection: Selection;
  onSelection: (selection: Selection) => void;
  list: ReturnType<typeof useQueue>;
}

/** The rows, drawn only where they are seen; further pages are read as one scrolls down. */
export function QueueTable(props: QueueTableProps) {
  const { rows, count, at, onMove, selection, onSelection, list } = props;
  const t = useText(text);
  const { change } = useReviewSearch();
  const scroller = useRef<HTMLDivElement>(null);
  const order = rows.map(({ feedback }) => feedback.id);
  const { start, end } = useWindow(scroller, ROW_HEIGHT, rows.length);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const nearEnd = end >= rows.length;
  useEffect(() => {
    if (nearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [nearEnd, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const current = rows[Math.min(at, rows.length - 1)]?.feedback.id;
  const move = (by: number) => {
    const to = Math.max(0, Math.min(at + by, rows.length - 1));
    onMove(to);
    scrollTo(scroller.current, to);
    const id = order[to];
    if (scroller.current !== null && id !== undefined) focusRow(scroller.current, id);
  };
  const open = (item: string) => change({ view: undefined, item });
  const withCurrent = (does: (id: string) => void) => () => current !== undefined && does(current);
  useKeys(
    {
      j: { says: t.keys.down, does: () => move(1), repeats: true },
      k: { says: t.keys.up, does: () => move(-1), repeats: true },
      x: { says: t.keys.select, does: withCurrent((id) => onSelection(toggled(selection, id))) },
      X: { says: t.keys.range, does: withCurrent((id) => onSelection(extended(selection, id, order))) },
      A: { says: t.keys.all, does: () => onSelection(allShown(selection, order)) },
      Escape: { says: t.keys.none, does: () => onSelection(nothingSelected) },
      Enter: { says: t.keys.open, does: withCurrent(open) },
    },
    { help: t.table.label },
  );
  const allSelected = rows.length > 0 && (selection.everything || selection.ids.size === rows.length);
  return (
    <section
      aria-label={t.table.label}
      className="flex min-h-0 flex-1 flex-col border-line border-t short:min-h-64"
    >
      <div className="flex items-center gap-3 border-line border-b px-4 py-2 text-faint text-xs sm:px-6">
        <div>
          <input
            type="checkbox"
            className="size-4.5 align-middle"
            aria-label={t.table.selectAll}
            checked={allSelected}
            onChange={() => onSelection(allShown(selection, order))}
          />
        </div>
        <div className="flex-1 font-medium" data-count>
          {t.table.count(count.value, count.exact)}
        </div>
        <div className="hidden w-28 font-medium sm:block">{t.table.rating}</div>
        <div className="hidden w-28 font-medium lg:block">{t.table.score}</div>
        <div className="hidden w-28 text-right font-medium md:block">{t.table.when}</div>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what an arrow would scroll by pixels, it scrolls by rows. */}
      <div
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain focus-visible:outline-offset-[-2px]"
        onKeyDown={(event) => {
          const by = arrowStep(event);
          if (by === null) return;
          event.preventDefault();
          move(by);
        }}
      >
        <ul className="relative" style={{ height: rows.length * ROW_HEIGHT }}>
          {rows.slice(start, end).map((item, index) => (
            <TableRow
              key={item.feedback.id}
              item={item}
              position={start + index + 1}
              of={count.exact ? count.value : -1}
              selected={selection.everything || selection.ids.has(item.feedback.id)}
              current={item.feedback.id === current}
              onSelect={(range) => {
                const { id } = item.feedback;
                onMove(start + index);
                onSelection(range ? extended(selection, id, order) : toggled(selection, id));
              }}
              onOpen={() => open(item.feedback.id)}
            />
          ))}
        </ul>
        <p className="px-6 py-3 text-center text-faint text-xs">
          {hasNextPage ? t.table.loadingMore : t.table.end}
        </p>
      </div>
    </section>
  );
}

/** Brings a row into sight, no further than needed. */
function scrollTo(element: HTMLElement | null, row: number): void {
  if (element === null) return;
  const top = row * ROW_HEIGHT;
  const last = top + ROW_HEIGHT - element.clientHeight;
  if (element.scrollTop > top) element.scrollTop = top;
  else if (element.scrollTop < last) element.scrollTop = last;
}
