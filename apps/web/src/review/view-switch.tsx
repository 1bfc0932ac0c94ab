import { Rows3, SquareStack } from 'lucide-react';
import { useKeys } from '../shell/keys/use-keys.ts';
import { Tip } from '../shell/parts/tip.tsx';
import { useText } from '../text/use-text.ts';
import { useReviewSearch } from './filter/use-review-search.ts';
import { text } from './text.ts';

/** One item at a time, or a table. */
export function ViewSwitch() {
  const t = useText(text);
  const { view, change } = useReviewSearch();
  const other = view === 'focus' ? 'table' : 'focus';
  const show = (wanted: 'focus' | 'table') => change({ view: wanted === 'table' ? 'table' : undefined });
  useKeys({ v: { says: t.keys[other], does: () => show(other) } }, { help: t.keys.title });
  const options = [
    { value: 'focus', icon: SquareStack },
    { value: 'table', icon: Rows3 },
  ] as const;
  return (
    <fieldset className="flex rounded-xl border border-line bg-surface p-0.5">
      <legend className="sr-only">{t.views.label}</legend>
      {options.map(({ value, icon: Icon }) => (
        <Tip key={value} says={t.views[value]} keyName="v">
          <button
            type="button"
            aria-label={t.views[value]}
            aria-pressed={view === value}
            className={`grid size-8 place-items-center rounded-lg ${view === value ? 'bg-accent-wash text-accent-strong' : 'text-soft hover:text-ink'}`}
            onClick={() => show(value)}
          >
            <Icon aria-hidden className="size-4" />
          </button>
        </Tip>
      ))}
    </fieldset>
  );
}
