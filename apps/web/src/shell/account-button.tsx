import { ChevronsUpDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useText } from '../text/use-text.ts';
import { useMe } from './session.ts';
import { text } from './text.ts';

/** Who is signed in, as the button of their menu. */
export function AccountButton({ narrow, ...button }: { narrow: boolean } & ComponentProps<'button'>) {
  const t = useText(text);
  const me = useMe();
  const name = me.name === '' ? (me.email ?? t.signedIn) : me.name;
  return (
    <button
      type="button"
      {...button}
      className="flex w-full items-center gap-3 rounded-xl px-2 py-2 text-left hover:bg-sunken data-popup-open:bg-sunken"
    >
      <span
        aria-hidden
        className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-wash font-semibold text-accent-strong text-sm"
      >
        {name.slice(0, 1).toUpperCase()}
      </span>
      <span className={narrow ? 'sr-only' : 'min-w-0 flex-1'}>
        <span className="block truncate font-medium text-sm leading-tight">{name}</span>
        <span className="block text-faint text-xs">{t.roles[me.role]}</span>
      </span>
      {!narrow && <ChevronsUpDown aria-hidden className="size-4 text-faint" />}
    </button>
  );
}
