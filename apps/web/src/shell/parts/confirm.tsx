import { AlertDialog } from '@base-ui/react/alert-dialog';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

interface ConfirmProps {
  trigger: ReactElement<Record<string, unknown>>;
  title: string;
  about: string;
  action: string;
  /** Says whether it worked; the dialog stays open when it did not. */
  onConfirm: () => Promise<boolean>;
  children?: ReactNode;
}

/** Asks before something that is not lightly undone. */
export function Confirm({ trigger, title, about, action, onConfirm, children }: ConfirmProps) {
  const t = useText(text);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    const worked = await onConfirm();
    setBusy(false);
    if (worked) setOpen(false);
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={setOpen}>
      <AlertDialog.Trigger render={trigger} />
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-black/40 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <AlertDialog.Popup className="popup fixed top-1/2 left-1/2 z-50 w-104 max-w-[calc(100vw-2rem)] -translate-1/2 p-6">
          <AlertDialog.Title className="font-medium font-serif text-xl">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1.5 text-soft text-sm">{about}</AlertDialog.Description>
          {children}
          <div className="mt-6 flex justify-end gap-2">
            <AlertDialog.Close className="quiet-button min-h-9">{t.cancel}</AlertDialog.Close>
            <button type="button" className="main-button" disabled={busy} onClick={() => void confirm()}>
              {action}
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
