import { Trash2 } from 'lucide-react';
import { KeyCap } from '../../shell/keys/key-cap.tsx';
import { Confirm } from '../../shell/parts/confirm.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';
import type { usePairEditing } from './use-pair-editing.ts';

interface EditorFootProps {
  editing: ReturnType<typeof usePairEditing>;
  /** The pair is on the server, and can be deleted there. */
  stored: boolean;
}

/** Save and cancel, always in sight. */
export function EditorFoot({ editing, stored }: EditorFootProps) {
  const t = useText(text).edit;
  const { changed, obstacle, busy } = editing;
  const why = obstacle === null ? null : t[obstacle];
  return (
    <footer className="sticky bottom-0 -mx-4 flex flex-wrap items-center gap-2 border-line border-t bg-paper px-4 py-3">
      {stored && (
        <Confirm
          trigger={
            <button type="button" className="quiet-button min-h-9 text-bad">
              <Trash2 aria-hidden className="size-4" /> {t.delete}
            </button>
          }
          title={t.deleteTitle}
          about={t.deleteAbout}
          action={t.delete}
          onConfirm={editing.remove}
        />
      )}
      <p className="ml-auto text-faint text-sm" aria-live="polite">
        {changed ? (why ?? t.unsaved) : ''}
      </p>
      <button type="button" className="line-button" onClick={editing.back}>
        {t.cancel}
      </button>
      <button type="submit" className="main-button" disabled={busy || !changed || obstacle !== null}>
        {t.save}
        <span className="hidden items-center gap-0.5 sm:flex">
          <KeyCap name="Ctrl" />
          <KeyCap name="s" />
        </span>
      </button>
    </footer>
  );
}
