import { useState } from 'react';
import { FormEnd } from './details-form.tsx';
import type { Statement, Wish } from './statement.ts';

interface CorrectionFormProps {
  answer: string;
  statement: Statement;
  onSave: (wish: Wish) => Promise<boolean>;
  onClose: () => void;
}

/** The answer as text to edit: what it should have said. */
export function CorrectionForm({ answer, statement, onSave, onClose }: CorrectionFormProps) {
  const before = statement.correction ?? answer;
  const [text, setText] = useState(before);
  const [saving, setSaving] = useState(false);

  const save = async () => {
    setSaving(true);
    const taken = await onSave({ correction: text.trim() });
    setSaving(false);
    if (taken) onClose();
  };

  return (
    <form
      aria-label="Correction"
      className="space-y-3 rounded-xl border border-line p-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label className="block">
        <span className="mb-1 block text-sm">The answer as it should have been</span>
        <textarea
          className="text-field field-sizing-content max-h-96 min-h-32"
          value={text}
          // biome-ignore lint/a11y/noAutofocus: the form opens because somebody asked to write here.
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <FormEnd
        saving={saving}
        unchanged={text.trim() === '' || text.trim() === before.trim()}
        save="Save correction"
        onClose={onClose}
      />
    </form>
  );
}
