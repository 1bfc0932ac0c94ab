import { forgetDraft } from '../../shell/drafts.ts';
import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { useText } from '../../text/use-text.ts';
import { NoteEditor } from '../decide/note-editor.tsx';
import { text } from '../text.ts';

const DRAFT = 'review-note-of-many';

/** One note for all selected rows. */
export function NoteDialog({
  onSave,
  onClose,
}: {
  onSave: (note: string | null) => void;
  onClose: () => void;
}) {
  const t = useText(text);
  const save = (note: string | null) => {
    forgetDraft(DRAFT);
    onSave(note);
  };
  return (
    <PopupDialog title={t.note.title} open onOpen={(open) => !open && onClose()}>
      <NoteEditor note="" draft={DRAFT} onSave={save} onClose={onClose} />
    </PopupDialog>
  );
}
