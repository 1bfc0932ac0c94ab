import { useId } from 'react';
import { useText } from '../../text/use-text.ts';
import { type GuardDraft, guardOf } from './plan-draft.ts';
import { text } from './text.ts';

interface GuardFieldsProps {
  guards: readonly GuardDraft[];
  onGuards: (guards: readonly GuardDraft[]) => void;
}

/** What sends a model back, each as a sentence above its fields. */
export function GuardFields({ guards, onGuards }: GuardFieldsProps) {
  const t = useText(text);
  const heading = useId();
  const change = (changed: GuardDraft) =>
    onGuards(guards.map((guard) => (guard.metric === changed.metric ? changed : guard)));
  return (
    <section aria-labelledby={heading} className="card p-5">
      <h2 id={heading} className="font-medium">
        {t.guards}
      </h2>
      <p className="mb-3 text-faint text-sm">{t.form.guardsAbout}</p>
      <ul className="divide-y divide-line">
        {guards.map((guard) => (
          <Guard key={guard.metric} guard={guard} onChange={change} />
        ))}
      </ul>
    </section>
  );
}

function Guard({ guard, onChange }: { guard: GuardDraft; onChange: (guard: GuardDraft) => void }) {
  const t = useText(text);
  const { metric, watched, margin, people } = guard;
  const name = t.metrics[metric];
  const read = guardOf(guard);
  const unit =
    metric === 'rating'
      ? t.form.marginStars
      : metric === 'thumbs' || metric === 'error_rate'
        ? t.form.marginPoints
        : t.form.marginPercent;
  return (
    <li className="flex flex-wrap items-center gap-3 py-3">
      <label className="flex min-w-72 flex-1 items-center gap-2 text-sm">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          aria-label={t.form.watch(name)}
          checked={watched}
          onChange={({ target }) => onChange({ ...guard, watched: target.checked })}
        />
        <span className={watched ? '' : 'text-faint'}>
          {Number.isFinite(read.margin) ? t.guardSentence(read) : name}
        </span>
      </label>
      <span className="flex items-center gap-2">
        <input
          type="number"
          step="any"
          min="0"
          required={watched}
          disabled={!watched}
          aria-label={t.form.margin(name)}
          className="text-field w-24"
          value={margin}
          onChange={({ target }) => onChange({ ...guard, margin: target.value })}
        />
        <span aria-hidden className="w-12 text-faint text-sm">
          {unit}
        </span>
      </span>
      {metric !== 'safety' && (
        <span className="flex items-center gap-2">
          <input
            type="number"
            min="50"
            required={watched}
            disabled={!watched}
            aria-label={t.form.people(name)}
            className="text-field w-24"
            value={people}
            onChange={({ target }) => onChange({ ...guard, people: target.value })}
          />
          <span aria-hidden className="text-faint text-sm">
            {t.form.peopleLabel}
          </span>
        </span>
      )}
    </li>
  );
}
