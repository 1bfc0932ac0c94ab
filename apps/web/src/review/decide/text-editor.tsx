import { type ReactNode, type Ref, useId } from 'react';
import { useDraft } from '../../shell/drafts.ts';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { editorKeys } from './editor-keys.ts';

interface TextEditorProps {
  /** What is written is kept under this name; whoever saves it forgets it once it is safe. */
  draft: string;
  /** The field while it holds something that is not saved, else null. */
  unsaved?: Ref<HTMLTextAreaElement> | undefined;
  title: string;
  label: string;
  save: string;
  initial: string;
  placeholder?: string;
  maxLength: number;
  /** Whether a text can be saved. */
  allows: (text: string) => boolean;
  onSave: (text: string) => void;
  onClose: () => void;
  /** Beneath the text: what it changes. */
  children?: (text: string) => ReactNode;
}

/** A text to write in place: Ctrl-Enter saves, Escape closes and keeps what was written, Cancel gives it up. */
export function TextEditor(props: TextEditorProps) {
  const { title, label, save, initial, placeholder, maxLength, allows, onSave, onClose, children } = props;
  const t = useText(text);
  const id = useId();
  const { text: value, write, unsaved, finish } = useDraft(props.draft, initial);
  const allowed = allows(value.trim());
  const submit = () => {
    if (allowed) onSave(value.trim());
  };
  const giveUp = () => {
    finish();
    onClose();
  };
  return (
    <form
      aria-label={title}
      className="card space-y-3 border-accent p-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label htmlFor={id} className="block font-medium text-sm">
        {label}
      </label>
      <textarea
        id={id}
        ref={unsaved ? (props.unsaved ?? null) : null}
        className="text-field field-sizing-content max-h-96 min-h-24"
        value={value}
        placeholder={placeholder}
        maxLength={maxLength}
        // biome-ignore lint/a11y/noAutofocus: the editor opens because somebody asked to write here.
        autoFocus
        onChange={(event) => write(event.target.value)}
        onKeyDown={editorKeys({ save: submit, close: onClose })}
      />
      {children?.(value.trim())}
      <div className="flex items-center justify-end gap-2">
        <span aria-hidden className="mr-auto hidden text-faint text-xs pointer-fine:inline">
          Ctrl ↵ {t.savesWith}
        </span>
        <button type="button" className="quiet-button min-h-9" onClick={giveUp}>
          {t.cancel}
        </button>
        <button type="submit" className="main-button" disabled={!allowed}>
          {save}
        </button>
      </div>
    </form>
  );
}
