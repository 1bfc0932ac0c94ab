import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactElement, ReactNode, Ref } from 'react';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

interface PopupDialogProps {
  title: string;
  about?: string;
  /** Button that opens it; without one, `open` says whether it is. */
  trigger?: ReactElement<Record<string, unknown>>;
  open?: boolean;
  onOpen?: (open: boolean) => void;
  /** `middle` over the page, or a sheet at its `side`. */
  place?: 'middle' | 'side';
  /** For `useKeys(…, { within })`. */
  ref?: Ref<HTMLDivElement>;
  children: ReactNode;
}

const look = {
  middle:
    'popup top-1/2 left-1/2 max-h-[calc(100dvh-2rem)] w-128 max-w-[calc(100vw-2rem)] -translate-1/2 rounded-2xl',
  side: 'inset-y-0 right-0 w-112 max-w-full border-line border-l bg-surface shadow-float transition-transform duration-200 data-ending-style:translate-x-full data-starting-style:translate-x-full',
};

/** Something to do or read without leaving the page. Escape, the cross and a click beside it close it. */
export function PopupDialog(props: PopupDialogProps) {
  const { title, about, trigger, open, onOpen, place = 'middle', ref, children } = props;
  const t = useText(text);
  return (
    <Dialog.Root {...(open !== undefined && { open })} {...(onOpen && { onOpenChange: onOpen })}>
      {trigger && <Dialog.Trigger render={trigger} />}
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          ref={ref}
          className={`fixed z-50 flex flex-col overflow-hidden outline-none ${look[place]}`}
        >
          <header className="flex items-start gap-4 px-6 pt-5 pb-3">
            <div className="min-w-0 flex-1">
              <Dialog.Title className="font-medium font-serif text-xl">{title}</Dialog.Title>
              {about !== undefined && (
                <Dialog.Description className="mt-1 text-soft text-sm">{about}</Dialog.Description>
              )}
            </div>
            <Dialog.Close aria-label={t.close} className="quiet-button -mr-2 size-9 shrink-0">
              <X aria-hidden className="size-4.5" />
            </Dialog.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-6 pb-6">{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
