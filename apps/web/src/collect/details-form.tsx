import type { Dimension } from '@attune/contracts';
import { useState } from 'react';
import { dimensionLabels, dimensionNames } from './dimension-labels.ts';
import { Stars } from './stars.tsx';
import type { Statement, Wish } from './statement.ts';

interface DetailsFormProps {
  statement: Statement;
  onSave: (wish: Wish) => Promise<boolean>;
  onClose: () => void;
}

/** Four dimensions and a comment, saved together. */
export function DetailsForm({ statement, onSave, onClose }: DetailsFormProps) {
  const [dimensions, setDimensions] = useState<Partial<Record<Dimension, number>>>(statement.dimensions);
  const [comment, setComment] = useState(statement.comment);
  const [saving, setSaving] = useState(false);
  const wish = wishOf(statement, dimensions, comment.trim());

  const save = async () => {
    setSaving(true);
    const taken = await onSave(wish);
    setSaving(false);
    if (taken) onClose();
  };

  return (
    <form
      aria-label="Details"
      className="space-y-4 rounded-xl border border-line p-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="grid gap-x-8 gap-y-1 sm:grid-cols-2">
        {dimensionNames.map((name) => (
          <div key={name} className="flex items-center justify-between gap-3">
            <span className="text-sm" title={dimensionLabels[name].question}>
              {dimensionLabels[name].label}
            </span>
            <Stars
              small
              label={`${dimensionLabels[name].label}: ${dimensionLabels[name].question}`}
              value={dimensions[name] ?? null}
              onRate={(stars) => setDimensions({ ...dimensions, [name]: stars })}
            />
          </div>
        ))}
      </div>
      <label className="block">
        <span className="mb-1 block text-sm">Comment</span>
        <textarea
          className="text-field field-sizing-content min-h-18 text-sm"
          maxLength={10_000}
          placeholder="What is good or bad about it?"
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </label>
      <FormEnd
        saving={saving}
        unchanged={Object.keys(wish).length === 0}
        save="Save details"
        onClose={onClose}
      />
    </form>
  );
}

/** Only what differs from what was said before. */
function wishOf(said: Statement, dimensions: Partial<Record<Dimension, number>>, comment: string): Wish {
  const changed = dimensionNames.flatMap((name) => {
    const stars = dimensions[name];
    return stars === undefined || stars === said.dimensions[name] ? [] : [[name, stars]];
  });
  return {
    ...(changed.length > 0 && { rating_dimensions: Object.fromEntries(changed) }),
    ...(comment !== said.comment && { comment }),
  };
}

interface FormEndProps {
  saving: boolean;
  unchanged: boolean;
  save: string;
  onClose: () => void;
}

/** The buttons below a form. */
export function FormEnd({ saving, unchanged, save, onClose }: FormEndProps) {
  return (
    <div className="flex justify-end gap-2">
      <button type="button" className="quiet-button min-h-9" onClick={onClose}>
        Cancel
      </button>
      <button type="submit" className="main-button" disabled={saving || unchanged}>
        {saving ? 'Saving…' : save}
      </button>
    </div>
  );
}
