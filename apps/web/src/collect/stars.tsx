import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { Star } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../text/use-text.ts';
import { text } from './text.ts';

interface StarsProps {
  label: string;
  value: number | null;
  onRate: (stars: number) => void;
  small?: boolean;
}

const all = [1, 2, 3, 4, 5];

/** Stars from 1 to 5. One stop for the keyboard: arrows move, Enter or Space rates. */
export function Stars({ label, value, onRate, small = false }: StarsProps) {
  const t = useText(text);
  const [hovered, setHovered] = useState<number | null>(null);
  const shown = hovered ?? value ?? 0;
  return (
    <ToggleGroup
      aria-label={label}
      value={value === null ? [] : [String(Math.round(value))]}
      onValueChange={(values) => {
        const chosen = Number(values.at(-1));
        if (chosen >= 1) onRate(chosen);
      }}
      onPointerLeave={() => setHovered(null)}
      className="flex"
    >
      {all.map((stars) => (
        <Toggle
          key={stars}
          value={String(stars)}
          aria-label={t.starsOf(stars)}
          onPointerEnter={(event) => event.pointerType === 'mouse' && setHovered(stars)}
          className={`grid place-items-center rounded-lg ${small ? 'size-8' : 'size-9'}`}
        >
          <Star
            aria-hidden
            className={`${small ? 'size-4' : 'size-5'} transition-colors ${stars <= shown ? 'fill-star text-star' : 'text-edge'}`}
            strokeWidth={1.6}
          />
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
