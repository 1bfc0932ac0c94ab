import { Menu } from '@base-ui/react/menu';
import { ChevronsUpDown, LogOut } from 'lucide-react';
import { useSay } from './messages.tsx';
import { useMe, useSignOut } from './session.ts';
import { ThemeChoice } from './theme-choice.tsx';

/** Who is signed in, the theme, and the way out. */
export function AccountMenu() {
  const me = useMe();
  const name = me.name === '' ? (me.email ?? 'Signed in') : me.name;
  return (
    <Menu.Root>
      <Menu.Trigger className="flex w-full items-center gap-3 rounded-xl px-3 py-2 text-left hover:bg-sunken data-popup-open:bg-sunken">
        <span
          aria-hidden
          className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-wash font-semibold text-accent-strong text-sm"
        >
          {name.slice(0, 1).toUpperCase()}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium text-sm leading-tight">{name}</span>
          <span className="block text-faint text-xs">{me.role}</span>
        </span>
        <ChevronsUpDown aria-hidden className="size-4 text-faint" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="start" className="z-50">
          <Menu.Popup className="popup w-56 p-1.5 outline-none">
            <p className="eyebrow px-2.5 pt-1 pb-1.5">Theme</p>
            <ThemeChoice />
            <Menu.Separator className="my-1.5 h-px bg-line" />
            <SignOutItem />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function SignOutItem() {
  const signOut = useSignOut();
  const { sayError } = useSay();
  return (
    <Menu.Item
      className="flex min-h-9 items-center gap-2 rounded-lg px-2.5 text-sm outline-none data-highlighted:bg-sunken"
      onClick={() => signOut.mutate(undefined, { onError: sayError })}
    >
      <LogOut aria-hidden className="size-4 text-faint" /> Sign out
    </Menu.Item>
  );
}
