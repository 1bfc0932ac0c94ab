import { Dialog } from '@base-ui/react/dialog';
import { Menu, X } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../text/use-text.ts';
import { AccountMenu } from './account-menu.tsx';
import { Brand } from './brand.tsx';
import { Navigation } from './navigation.tsx';
import { text } from './text.ts';

/** The navigation on narrow screens: a bar on top and a drawer behind its button. */
export function PhoneMenu() {
  const t = useText(text);
  const [open, setOpen] = useState(false);
  return (
    <header className="flex h-14 shrink-0 items-center justify-between border-line border-b px-4 md:hidden">
      <Brand />
      <Dialog.Root open={open} onOpenChange={setOpen}>
        <Dialog.Trigger aria-label={t.menu} className="quiet-button -mr-2 size-10">
          <Menu aria-hidden className="size-5" />
        </Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
          <Dialog.Popup className="fixed inset-y-0 right-0 z-50 flex w-72 max-w-[85vw] flex-col bg-paper p-4 shadow-float transition-transform duration-200 data-ending-style:translate-x-full data-starting-style:translate-x-full">
            <div className="mb-4 flex items-center justify-between pl-3">
              <Dialog.Title className="eyebrow">{t.menu}</Dialog.Title>
              <Dialog.Close aria-label={t.closeMenu} className="quiet-button size-10">
                <X aria-hidden className="size-5" />
              </Dialog.Close>
            </div>
            <Navigation onNavigate={() => setOpen(false)} />
            <AccountMenu />
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </header>
  );
}
