import type { ReviewItem } from '@attune/contracts';
import { Lock, StickyNote, UserRound } from 'lucide-react';
import { Ago } from '../../shell/parts/ago.tsx';
import { useText } from '../../text/use-text.ts';
import { ScoreBar } from '../item/score-bar.tsx';
import { StatusChip } from '../item/status-chip.tsx';
import { Verdict } from '../item/verdict.tsx';
import { text } from '../text.ts';

/** Height of every row in pixels: the list is drawn only where it is seen. */
export const ROW_HEIGHT = 76;

interface TableRowProps {
  item: ReviewItem;
  /** Where the row stands among all, from 1. */
  position: number;
  /** How many rows there are; -1 where nobody has counted them. */
  of: number;
  selected: boolean;
  /** The row that keys act on, and the only one that Tab stops at: arrow keys lead to the others. */
  current: boolean;
  onSelect: (range: boolean) => void;
  onOpen: () => void;
}

/** One item of the queue in a line. */
export function TableRow({ item, position, of, selected, current, onSelect, onOpen }: TableRowProps) {
  const t = useText(text);
  const { feedback, review } = item;
  const tabIndex = current ? undefined : -1;
  return (
    <li
      aria-posinset={position}
      aria-setsize={of}
      data-row={feedback.id}
      data-current={current || undefined}
      className={`absolute inset-x-0 flex items-center gap-3 border-line border-b px-4 sm:px-6 ${selected ? 'bg-accent-wash' : 'bg-surface'} ${current ? 'shadow-[inset_3px_0_0_var(--color-accent)]' : ''}`}
      style={{ top: (position - 1) * ROW_HEIGHT, height: ROW_HEIGHT }}
    >
      <div>
        <input
          type="checkbox"
          tabIndex={tabIndex}
          className="size-4.5 align-middle"
          aria-label={t.table.select(feedback.query)}
          checked={selected}
          onChange={() => {}}
          onClick={(event) => onSelect(event.shiftKey)}
        />
      </div>
      <div className="min-w-0 flex-1">
        <button type="button" tabIndex={tabIndex} className="block w-full text-left" onClick={onOpen}>
          <span className="block truncate font-medium text-sm hover:underline">{feedback.query}</span>
          <span className="block truncate text-soft text-sm">{feedback.response}</span>
        </button>
        <div
          className={`flex h-5 items-center gap-1.5 overflow-hidden text-faint text-xs ${hasMarks(item) ? '' : 'sm:hidden'}`}
        >
          <span className="sm:hidden">
            <Verdict feedback={feedback} />
          </span>
          {feedback.status !== 'pending' && <StatusChip status={feedback.status} />}
          {feedback.tags.map((tag) => (
            <span key={tag} className="chip max-w-40 truncate py-0">
              {tag}
            </span>
          ))}
          {review.note !== null && (
            <StickyNote role="img" aria-label={t.note.title} className="size-3.5 shrink-0" />
          )}
          {review.assigned_to !== null && (
            <span className="inline-flex min-w-0 items-center gap-1">
              <UserRound aria-hidden className="size-3.5 shrink-0" />
              <span className="truncate">{review.assigned_to.name}</span>
            </span>
          )}
          {review.reserved !== null && (
            <span
              className={`inline-flex min-w-0 items-center gap-1 ${review.reserved.mine ? '' : 'text-warn'}`}
            >
              <Lock aria-hidden className="size-3.5 shrink-0" />
              <span className="truncate">
                {review.reserved.mine ? t.held.you : t.held.short(review.reserved.by)}
              </span>
            </span>
          )}
        </div>
      </div>
      <div className="hidden w-28 shrink-0 sm:block">
        <Verdict feedback={feedback} />
      </div>
      <div className="hidden w-28 shrink-0 lg:block">
        {review.score !== null && <ScoreBar score={review.score} />}
      </div>
      <div className="hidden w-28 shrink-0 truncate text-right text-faint text-xs md:block">
        <Ago at={feedback.created_at} />
      </div>
    </li>
  );
}

/** Whether there is more to say than what the columns say. */
function hasMarks({
  feedback: { status, tags },
  review: { note, assigned_to, reserved },
}: ReviewItem): boolean {
  return (
    status !== 'pending' || tags.length > 0 || [note, assigned_to, reserved].some((mark) => mark !== null)
  );
}
