import { Menu } from '@base-ui/react/menu';
import { ChevronsUpDown, Keyboard, LogOut } from 'lucide-react';
import { useText } from '../text/use-text.ts';
import { keyHelp } from './keys/key-help-opener.ts';
import { LanguageChoice } from './language-choice.tsx';
import { useSay } from './messages.tsx';
import { useMe, useSignOut } from './session.ts';
import { text } from './text.ts';
import { ThemeChoice } from './theme-choice.tsx';

/** Who is signed in, the theme, the language, and the way out. */
export function AccountMenu({ narrow = false }: { narrow?: boolean }) {
  const t = useText(text);
  const me = useMe();
  const name = me.name === '' ? (me.email ?? t.signedIn) : me.name;
  return (
    <Menu.Root>
      <Menu.Trigger className="flex w-full items-center gap-3 rounded-xl px-2 py-2 text-left hover:bg-sunken data-popup-open:bg-sunken">
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
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="start" className="z-50">
          <Menu.Popup className="popup max-h-(--available-height) w-56 overflow-y-auto p-1.5 outline-none">
            <ThemeChoice />
            <Menu.Separator className="my-1.5 h-px bg-line" />
            <LanguageChoice />
            <Menu.Separator className="my-1.5 h-px bg-line" />
            <Menu.Item className="menu-item" onClick={() => keyHelp.open()}>
              <Keyboard aria-hidden className="size-4 text-faint" /> {t.keys.open}
            </Menu.Item>
            <SignOutItem />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function SignOutItem() {
  const t = useText(text);
  const signOut = useSignOut();
  const { sayError } = useSay();
  return (
    <Menu.Item className="menu-item" onClick={() => signOut.mutate(undefined, { onError: sayError })}>
      <LogOut aria-hidden className="size-4 text-faint" /> {t.signOut}
    </Menu.Item>
  );
}
