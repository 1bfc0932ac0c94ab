import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useText } from '../text/use-text.ts';
import { AccountMenu } from './account-menu.tsx';
import { Navigation } from './navigation.tsx';
import { text } from './text.ts';

/** The navigation of narrow screens, as a drawer over the page. */
export function PhoneDrawer({ open, onOpen }: { open: boolean; onOpen: (open: boolean) => void }) {
  const t = useText(text);
  return (
    <Dialog.Root open={open} onOpenChange={onOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed inset-y-0 right-0 z-50 flex w-72 max-w-[85vw] flex-col bg-paper p-4 shadow-float transition-transform duration-200 data-ending-style:translate-x-full data-starting-style:translate-x-full">
          <div className="mb-4 flex items-center justify-between pl-3">
            <Dialog.Title className="eyebrow">{t.menu}</Dialog.Title>
            <Dialog.Close aria-label={t.closeMenu} className="quiet-button size-10">
              <X aria-hidden className="size-5" />
            </Dialog.Close>
          </div>
          <Navigation onNavigate={() => onOpen(false)} />
          <AccountMenu />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
