import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import { api } from '../../shell/api.ts';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

interface AssignDialogProps {
  onAssign: (assignee: string | null) => void;
  onClose: () => void;
}

/** Whom to give an item to; Enter takes the first who matches, arrows move. */
export function AssignDialog({ onAssign, onClose }: AssignDialogProps) {
  const t = useText(text).assign;
  return (
    <PopupDialog title={t.title} about={t.about} open onOpen={(open) => !open && onClose()}>
      <Reviewers onAssign={onAssign} />
    </PopupDialog>
  );
}

function Reviewers({ onAssign }: { onAssign: (assignee: string | null) => void }) {
  const t = useText(text).assign;
  const me = useMe();
  const list = useRef<HTMLUListElement>(null);
  const [search, setSearch] = useState('');
  const reviewers = useQuery({
    queryKey: ['review', 'reviewers'],
    queryFn: ({ signal }) => api.reviewers({}, { signal }),
  });
  if (reviewers.isError) return <ErrorNotice error={reviewers.error} onRetry={() => reviewers.refetch()} />;
  if (reviewers.isPending) return <Loading what={t.title} lines={2} />;
  const wanted = search.trim().toLowerCase();
  const matching = reviewers.data.items.filter(({ name, email }) =>
    `${name} ${email}`.toLowerCase().includes(wanted),
  );
  const first = matching[0];
  const move = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button.matches(':focus'));
    buttons.at(event.key === 'ArrowDown' ? (at + 1) % buttons.length : at - 1)?.focus();
  };
  return (
    <form
      onKeyDown={move}
      onSubmit={(event) => {
        event.preventDefault();
        if (first !== undefined) onAssign(first.id);
      }}
    >
      <input
        className="text-field mb-2"
        aria-label={t.search}
        placeholder={t.search}
        value={search}
        // biome-ignore lint/a11y/noAutofocus: the dialog opens because somebody asked to choose here.
        autoFocus
        onChange={(event) => setSearch(event.target.value)}
      />
      {matching.length === 0 && <p className="py-2 text-faint text-sm">{t.noMatch}</p>}
      <ul ref={list}>
        {matching.map(({ id, name, email, assigned }) => (
          <li key={id}>
            <button
              type="button"
              className="menu-item w-full text-left hover:bg-sunken"
              onClick={() => onAssign(id)}
            >
              <span className="min-w-0 flex-1 truncate">
                {name} {email === me.email && <span className="text-faint">({t.me})</span>}
              </span>
              <span className="text-faint text-xs tabular-nums">{t.load(assigned)}</span>
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            className="menu-item w-full text-left text-soft hover:bg-sunken"
            onClick={() => onAssign(null)}
          >
            {t.nobody}
          </button>
        </li>
      </ul>
    </form>
  );
}
