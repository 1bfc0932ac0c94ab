import type { InlineNote } from '@attune/contracts';
import type { Problem } from '@attune/react';
import { type SubmitEvent, useState } from 'react';
import { saidRefusal } from '../../shell/said-error.ts';
import { useLanguage } from '../../text/use-text.ts';
import { useFeedbackLabels } from '../feedback-labels.ts';
import { FormEnd } from '../form-end.tsx';
import { offered, wordIn } from '../kept-words.ts';
import type { Draft } from './draft.ts';

interface NoteFormProps {
  draft: Draft;
  problem: Problem | null;
  onSave: (note: InlineNote) => Promise<boolean>;
  onClose: () => void;
}

const severities = ['minor', 'major', 'critical'] as const;
const chip =
  'rounded-full border border-line px-3 py-1 text-soft text-sm hover:border-edge hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:text-accent-strong pointer-coarse:min-h-11';

/** A note on a passage: what it is, how bad, and why. */
export function NoteForm({ draft: { passage, before }, problem, onSave, onClose }: NoteFormProps) {
  const labels = useFeedbackLabels();
  const language = useLanguage();
  const [label, setLabel] = useState(before?.label ?? offered.notes[0] ?? '');
  const [severity, setSeverity] = useState<InlineNote['severity']>(before?.severity ?? 'minor');
  const [comment, setComment] = useState(before?.comment ?? '');
  const [saving, setSaving] = useState(false);
  const words = [...new Set([...offered.notes, label])];

  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    setSaving(true);
    const { quote, position } = passage;
    const said = comment.trim();
    const note: InlineNote = { quote, position, label, severity, ...(said !== '' && { comment: said }) };
    const taken = await onSave(before === null ? note : { ...note, id: before.id });
    setSaving(false);
    if (taken) onClose();
  };

  return (
    <form aria-label={labels.note} className="space-y-3" onSubmit={(event) => void save(event)}>
      <blockquote className="line-clamp-3 border-accent border-l-2 pl-3 text-soft text-sm">
        {passage.quote.exact}
      </blockquote>
      <fieldset aria-label={labels.label} className="flex flex-wrap gap-1.5">
        {words.map((word) => (
          <button
            key={word}
            type="button"
            aria-pressed={label === word}
            className={chip}
            onClick={() => setLabel(word)}
          >
            {wordIn(language, word)}
          </button>
        ))}
      </fieldset>
      <fieldset aria-label={labels.severity} className="flex flex-wrap gap-1.5">
        {severities.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={severity === name}
            className={chip}
            onClick={() => setSeverity(name)}
          >
            {labels.severities[name]}
          </button>
        ))}
      </fieldset>
      <textarea
        aria-label={labels.comment}
        placeholder={labels.comment}
        className="text-field field-sizing-content min-h-18 text-sm"
        maxLength={10_000}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
      {problem && (
        <p role="alert" className="text-bad text-sm">
          {saidRefusal(problem, language).message} {saidRefusal(problem, language).hint}
        </p>
      )}
      <FormEnd saving={saving} unchanged={false} save={labels.save} onClose={onClose} />
    </form>
  );
}
