import { useEffect, useEffectEvent, useId, useState } from 'react';
import { Icon } from './icons.tsx';
import { useAttune } from './provider.tsx';

const counts = [1, 2, 3, 4, 5];
/** Arrow keys pass through every star on the way: what is meant is where they rest. */
const REST_MS = 400;

interface StarsProps {
  label: string;
  value: number | null;
  onChange: (value: number) => void;
}

/** One to five stars: radio buttons, so that arrow keys and screen readers work as people know them. */
export function Stars({ label, value, onChange }: StarsProps) {
  const { labels } = useAttune();
  const name = useId();
  const [passing, setPassing] = useState<number | null>(null);
  const rest = useEffectEvent((count: number) => {
    setPassing(null);
    onChange(count);
  });
  useEffect(() => {
    if (passing === null) return;
    const timer = setTimeout(() => rest(passing), REST_MS);
    return () => clearTimeout(timer);
  }, [passing]);
  const shown = passing ?? value ?? 0;
  return (
    <fieldset className="attune-row attune-stars" aria-label={label}>
      {counts.map((count) => (
        <label key={count} className="attune-star" data-lit={count <= shown}>
          <input
            type="radio"
            className="attune-unseen"
            name={name}
            aria-label={labels.stars(count)}
            checked={shown === count}
            // A click has a count of presses; a key has none.
            onChange={() => undefined}
            onClick={({ detail }) => (detail > 0 ? onChange(count) : setPassing(count))}
          />
          <Icon name="star" />
        </label>
      ))}
    </fieldset>
  );
}
