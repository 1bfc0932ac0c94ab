import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { useText } from '../../text/use-text.ts';
import { NoteEditor } from '../decide/note-editor.tsx';
import { text } from '../text.ts';

/** One note for all selected rows. */
export function NoteDialog({
  onSave,
  onClose,
}: {
  onSave: (note: string | null) => void;
  onClose: () => void;
}) {
  const t = useText(text);
  return (
    <PopupDialog title={t.note.title} open onOpen={(open) => !open && onClose()}>
      <NoteEditor note="" onSave={onSave} onClose={onClose} />
    </PopupDialog>
  );
}
