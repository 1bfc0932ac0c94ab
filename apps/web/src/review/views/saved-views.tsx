import type { ReviewView } from '@attune/contracts';
import { Popover } from '@base-ui/react/popover';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Bookmark, Ellipsis, Users } from 'lucide-react';
import { useRef, useState } from 'react';
import { api } from '../../shell/api.ts';
import { ActionMenu } from '../../shell/parts/action-menu.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { ShowMore } from '../../shell/parts/show-more.tsx';
import { useText } from '../../text/use-text.ts';
import { useReviewSearch } from '../filter/use-review-search.ts';
import { text } from '../text.ts';
import { useChangeViews } from './use-change-views.ts';
import { ViewDialog } from './view-dialog.tsx';

/** Saved filters with their order: yours and those that others share. */
export function SavedViews() {
  const t = useText(text).saved;
  const [open, setOpen] = useState(false);
  const [editing, setEditing] = useState<ReviewView | 'new' | null>(null);
  const popup = useRef<HTMLDivElement>(null);
  const edit = (view: ReviewView | 'new') => {
    setOpen(false);
    setEditing(view);
  };
  return (
    <>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger className="line-button">
          <Bookmark aria-hidden className="size-4" /> {t.label}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner sideOffset={4} align="end" className="z-40">
            <Popover.Popup
              ref={popup}
              // The views come above what is there at once: who began there would tab past them.
              initialFocus={popup}
              aria-label={t.label}
              className="popup w-80 max-w-[calc(100vw-2rem)] p-1.5"
            >
              {open && <ViewList onChoose={() => setOpen(false)} onEdit={edit} />}
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
      {editing !== null && (
        <ViewDialog view={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </>
  );
}

function ViewList({
  onChoose,
  onEdit,
}: {
  onChoose: () => void;
  onEdit: (view: ReviewView | 'new') => void;
}) {
  const t = useText(text).saved;
  const list = useInfiniteQuery({
    queryKey: ['review', 'views'],
    queryFn: ({ pageParam, signal }) =>
      api.listReviewViews({ query: pageParam === null ? {} : { cursor: pageParam } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  if (list.isError) return <ErrorNotice error={list.error} onRetry={() => list.refetch()} />;
  const views = list.data?.pages.flatMap(({ items }) => items);
  return (
    <>
      <ul className="max-h-80 overflow-y-auto">
        {views?.map((view) => (
          <ViewRow key={view.id} view={view} onChoose={onChoose} onEdit={onEdit} />
        ))}
      </ul>
      {views?.length === 0 && <p className="px-2.5 py-2 text-soft text-sm">{t.none}</p>}
      <ShowMore list={list} />
      <button
        type="button"
        className="menu-item mt-1 w-full border-line border-t hover:bg-sunken"
        onClick={() => onEdit('new')}
      >
        {t.save}
      </button>
    </>
  );
}

interface ViewRowProps {
  view: ReviewView;
  onChoose: () => void;
  onEdit: (view: ReviewView) => void;
}

function ViewRow({ view, onChoose, onEdit }: ViewRowProps) {
  const t = useText(text).saved;
  const { show, view: look } = useReviewSearch();
  const { overwrite, remove } = useChangeViews();
  const { name, filter, order, shared, mine } = view;
  const choose = () => {
    show({ ...filter, order, view: look === 'table' ? look : undefined });
    onChoose();
  };
  return (
    <li className="flex items-center gap-1">
      <button type="button" className="menu-item min-w-0 flex-1 text-left hover:bg-sunken" onClick={choose}>
        <span className="min-w-0 flex-1 truncate">{name}</span>
        {shared && <Users role="img" aria-label={t.sharedBy} className="size-3.5 text-faint" />}
      </button>
      {mine && (
        <ActionMenu
          trigger={
            <button type="button" aria-label={t.change(name)} className="quiet-button size-8 px-0">
              <Ellipsis aria-hidden className="size-4" />
            </button>
          }
          actions={[
            { label: t.overwrite, onSelect: () => overwrite(view) },
            { label: t.rename, onSelect: () => onEdit(view) },
            { label: t.remove, danger: true, onSelect: () => remove(view) },
          ]}
        />
      )}
    </li>
  );
}
