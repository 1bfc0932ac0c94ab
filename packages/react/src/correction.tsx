import { type FormEvent, useDeferredValue, useState } from 'react';
import { FormEnd } from './details.tsx';
import { Difference } from './difference.tsx';
import { useAttune } from './provider.tsx';
import type { Saying } from './said.ts';

interface CorrectionProps {
  answer: string;
  before: string | null;
  onSave: (saying: Saying) => Promise<boolean>;
  onClose: () => void;
}

/** The answer as text to edit, with what was changed beneath. */
export function Correction({ answer, before, onSave, onClose }: CorrectionProps) {
  const { labels } = useAttune();
  const [text, setText] = useState(before ?? answer);
  const shown = useDeferredValue(text);
  const unchanged = text.trim() === '' || text.trim() === (before ?? answer).trim();

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (await onSave({ correction: text.trim() })) onClose();
  }

  return (
    <form className="attune-form" aria-label={labels.correct} onSubmit={save}>
      <label className="attune-field">
        {labels.correction}
        <textarea
          rows={8}
          maxLength={200_000}
          value={text}
          // biome-ignore lint/a11y/noAutofocus: the form opens because somebody asked to write here.
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {!unchanged && <Difference label={labels.changes} before={answer} after={shown} />}
      <FormEnd disabled={unchanged} onClose={onClose} />
    </form>
  );
}
