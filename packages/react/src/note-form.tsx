import type { InlineNote } from '@attune/contracts';
import { type FormEvent, useState } from 'react';
import { FormEnd } from './details.tsx';
import type { ShownNote } from './notes.ts';
import { useAttune } from './provider.tsx';

const severities = ['minor', 'major', 'critical'] as const;

interface NoteFormProps {
  passage: Pick<InlineNote, 'quote' | 'position'>;
  /** The note that is changed; null for a new one. */
  before: ShownNote | null;
  onSave: (note: InlineNote) => Promise<boolean>;
  onClose: () => void;
}

/** Label, severity and comment of a passage. */
export function NoteForm({ passage, before, onSave, onClose }: NoteFormProps) {
  const { labels } = useAttune();
  const [label, setLabel] = useState(before?.label ?? labels.noteLabels[0] ?? labels.note);
  const [severity, setSeverity] = useState<InlineNote['severity']>(before?.severity ?? 'minor');
  const [comment, setComment] = useState(before?.comment ?? '');
  const offered = [...new Set([...labels.noteLabels, label])];

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const said = comment.trim() === '' ? {} : { comment: comment.trim() };
    const id = before === null ? {} : { id: before.id };
    const { quote, position } = passage;
    if (await onSave({ ...id, quote, position, label, severity, ...said })) onClose();
  }

  return (
    <form className="attune-form" aria-label={labels.note} onSubmit={save}>
      <blockquote className="attune-quote">{passage.quote.exact}</blockquote>
      <label className="attune-field">
        {labels.label}
        <select
          value={label}
          // biome-ignore lint/a11y/noAutofocus: the form opens because somebody asked to write here.
          autoFocus
          onChange={(event) => setLabel(event.target.value)}
        >
          {offered.map((word) => (
            <option key={word}>{word}</option>
          ))}
        </select>
      </label>
      <fieldset className="attune-row" aria-label={labels.severity}>
        {severities.map((name) => (
          <button
            key={name}
            type="button"
            className="attune-chip"
            aria-pressed={severity === name}
            onClick={() => setSeverity(name)}
          >
            {labels.severities[name]}
          </button>
        ))}
      </fieldset>
      <label className="attune-field">
        {labels.comment}
        <textarea maxLength={10_000} value={comment} onChange={(event) => setComment(event.target.value)} />
      </label>
      <FormEnd disabled={false} onClose={onClose} />
    </form>
  );
}
