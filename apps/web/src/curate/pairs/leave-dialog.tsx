import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';

interface LeaveDialogProps {
  open: boolean;
  onStay: () => void;
  onLeave: () => void;
}

/** Asks whether unsaved work may be lost. */
export function LeaveDialog({ open, onStay, onLeave }: LeaveDialogProps) {
  const t = useText(text).leave;
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onStay()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <AlertDialog.Popup className="popup fixed top-1/2 left-1/2 z-50 w-104 max-w-[calc(100vw-2rem)] -translate-1/2 p-6">
          <AlertDialog.Title className="font-medium font-serif text-xl">{t.title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1.5 text-soft text-sm">{t.about}</AlertDialog.Description>
          <div className="mt-6 flex justify-end gap-2">
            <AlertDialog.Close className="line-button">{t.stay}</AlertDialog.Close>
            <button type="button" className="main-button" onClick={onLeave}>
              {t.leave}
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
