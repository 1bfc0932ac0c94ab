import { Menu } from '@base-ui/react/menu';
import { Keyboard, LogOut } from 'lucide-react';
import { useText } from '../text/use-text.ts';
import { AccountButton } from './account-button.tsx';
import { keyHelp } from './keys/key-help-opener.ts';
import { LanguageChoice } from './language-choice.tsx';
import { useSay } from './messages.tsx';
import { useSignOut } from './session.ts';
import { text } from './text.ts';
import { ThemeChoice } from './theme-choice.tsx';

/** Who is signed in, the theme, the language, and the way out. */
export function AccountMenu({ narrow = false }: { narrow?: boolean }) {
  const t = useText(text);
  return (
    <Menu.Root>
      <Menu.Trigger render={<AccountButton narrow={narrow} />} />
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
