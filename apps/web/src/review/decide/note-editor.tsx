import type { Ref } from 'react';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { TextEditor } from './text-editor.tsx';

interface NoteEditorProps {
  note: string;
  /** Name under which it is kept while it is written. */
  draft: string;
  unsaved?: Ref<HTMLTextAreaElement>;
  onSave: (note: string | null) => void;
  onClose: () => void;
}

/** A note for other curators; saved empty it is taken away. */
export function NoteEditor({ note, draft, unsaved, onSave, onClose }: NoteEditorProps) {
  const t = useText(text).note;
  return (
    <TextEditor
      draft={draft}
      unsaved={unsaved}
      title={t.title}
      label={t.field}
      save={t.save}
      initial={note}
      placeholder={t.placeholder}
      maxLength={10_000}
      allows={(text) => text !== note.trim()}
      onSave={(text) => onSave(text === '' ? null : text)}
      onClose={onClose}
    />
  );
}
