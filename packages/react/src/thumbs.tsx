import { Icon } from './icons.tsx';
import { useAttune } from './provider.tsx';
import type { Thumbs as Value } from './said.ts';

interface ThumbsProps {
  value: Value | null;
  onChange: (value: Value) => void;
}

/** Thumbs up or down, in one click. */
export function Thumbs({ value, onChange }: ThumbsProps) {
  const { labels } = useAttune();
  const thumb = (name: Value, label: string) => (
    <button
      type="button"
      className="attune-thumb"
      aria-label={label}
      aria-pressed={value === name}
      onClick={() => onChange(name)}
    >
      <Icon name={name} />
    </button>
  );
  return (
    <fieldset className="attune-row" aria-label={labels.thumbs}>
      {thumb('up', labels.good)}
      {thumb('down', labels.bad)}
    </fieldset>
  );
}
