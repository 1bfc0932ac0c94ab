import type { Dimension } from '@attune/contracts';
import { type FormEvent, useState } from 'react';
import { useAttune } from './provider.tsx';
import type { Said, Saying } from './said.ts';
import { Stars } from './stars.tsx';

const dimensions: readonly Dimension[] = ['accuracy', 'helpfulness', 'clarity', 'safety'];

interface DetailsProps {
  said: Said;
  onSave: (saying: Saying) => Promise<boolean>;
  onClose: () => void;
}

/** Four dimensions and a comment, saved together. */
export function Details({ said, onSave, onClose }: DetailsProps) {
  const { labels } = useAttune();
  const [stars, setStars] = useState(said.dimensions);
  const [comment, setComment] = useState(said.comment);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const saved = await onSave({
      ...(Object.keys(stars).length > 0 && { rating_dimensions: stars }),
      ...(comment.trim() !== said.comment && { comment: comment.trim() }),
    });
    if (saved) onClose();
  }

  const unchanged =
    comment.trim() === said.comment && dimensions.every((d) => stars[d] === said.dimensions[d]);
  return (
    <form className="attune-form" aria-label={labels.more} onSubmit={save}>
      {dimensions.map((dimension) => (
        <div key={dimension} className="attune-row attune-apart">
          <span>{labels.dimensions[dimension]}</span>
          <Stars
            label={labels.dimensions[dimension]}
            value={stars[dimension] ?? null}
            onChange={(count) => setStars({ ...stars, [dimension]: count })}
          />
        </div>
      ))}
      <label className="attune-field">
        {labels.comment}
        <textarea
          maxLength={10_000}
          placeholder={labels.commentHint}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </label>
      <FormEnd disabled={unchanged} onClose={onClose} />
    </form>
  );
}

/** The buttons below a form. */
export function FormEnd({ disabled, onClose }: { disabled: boolean; onClose: () => void }) {
  const { labels } = useAttune();
  return (
    <div className="attune-row attune-end">
      <button type="button" className="attune-quiet" onClick={onClose}>
        {labels.cancel}
      </button>
      <button type="submit" className="attune-main" disabled={disabled}>
        {labels.save}
      </button>
    </div>
  );
}
