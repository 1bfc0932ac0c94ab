import type { Dimension } from '@attune/contracts';
import type { Said as AllSaid, Saying } from '@attune/react';
import { type SubmitEvent, useState } from 'react';
import { useText } from '../text/use-text.ts';
import { dimensions } from './dimensions.ts';
import { useFeedbackLabels } from './feedback-labels.ts';
import { FormEnd } from './form-end.tsx';
import { Stars } from './stars.tsx';
import { text } from './text.ts';

interface DetailsFormProps {
  said: AllSaid;
  onSave: (saying: Saying) => Promise<boolean>;
  onClose: () => void;
}

/** Four dimensions and a comment, saved together. */
export function DetailsForm({ said, onSave, onClose }: DetailsFormProps) {
  const t = useText(text);
  const labels = useFeedbackLabels();
  const [stars, setStars] = useState<Partial<Record<Dimension, number>>>(said.dimensions);
  const [comment, setComment] = useState(said.comment);
  const [saving, setSaving] = useState(false);
  const saying = changesTo(said, stars, comment.trim());

  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    setSaving(true);
    const taken = await onSave(saying);
    setSaving(false);
    if (taken) onClose();
  };

  return (
    <form
      aria-label={t.details}
      className="space-y-4 rounded-xl border border-line p-4"
      onSubmit={(event) => void save(event)}
    >
      <div className="grid gap-x-8 gap-y-1 sm:grid-cols-2">
        {dimensions.map((name) => (
          <div key={name} className="flex items-center justify-between gap-3">
            <span className="text-sm" title={t.questions[name]}>
              {labels.dimensions[name]}
            </span>
            <Stars
              small
              label={`${labels.dimensions[name]}: ${t.questions[name]}`}
              value={stars[name] ?? null}
              onRate={(count) => setStars({ ...stars, [name]: count })}
            />
          </div>
        ))}
      </div>
      <label className="block">
        <span className="mb-1 block text-sm">{labels.comment}</span>
        <textarea
          className="text-field field-sizing-content min-h-18 text-sm"
          maxLength={10_000}
          placeholder={labels.commentHint}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </label>
      <FormEnd
        saving={saving}
        unchanged={Object.keys(saying).length === 0}
        save={t.saveDetails}
        onClose={onClose}
      />
    </form>
  );
}

/** Only what differs from what was said before. */
function changesTo(said: AllSaid, stars: Partial<Record<Dimension, number>>, comment: string): Saying {
  const changed = dimensions.flatMap((name) => {
    const count = stars[name];
    return count === undefined || count === said.dimensions[name] ? [] : [[name, count]];
  });
  return {
    ...(changed.length > 0 && { rating_dimensions: Object.fromEntries(changed) }),
    ...(comment !== said.comment && { comment }),
  };
}
