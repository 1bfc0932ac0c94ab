import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { useText } from '../../text/use-text.ts';
import { TagField } from '../decide/tag-field.tsx';
import { text } from '../text.ts';

/** A tag for all selected rows. */
export function TagDialog({ onTag, onClose }: { onTag: (tag: string) => void; onClose: () => void }) {
  const t = useText(text);
  return (
    <PopupDialog title={t.actions.tag} open onOpen={(open) => !open && onClose()}>
      <TagField has={[]} onTag={onTag} onClose={onClose} autoFocus />
    </PopupDialog>
  );
}
