import type { Thumbs as Value } from '@attune/react';
import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { useFeedbackLabels } from './feedback-labels.ts';

interface ThumbsProps {
  value: Value | null;
  onThumbs: (thumbs: Value) => void;
}

const look =
  'grid size-9 place-items-center rounded-xl text-soft transition-colors hover:bg-sunken data-pressed:bg-accent-wash data-pressed:text-accent-strong [&[data-pressed]_svg]:fill-current/25';

/** Thumbs up or down, in one click. */
export function Thumbs({ value, onThumbs }: ThumbsProps) {
  const labels = useFeedbackLabels();
  return (
    <ToggleGroup
      aria-label={labels.thumbs}
      value={value === null ? [] : [value]}
      onValueChange={([chosen]) => {
        if (chosen === 'up' || chosen === 'down') onThumbs(chosen);
      }}
      className="flex gap-0.5"
    >
      <Toggle value="up" aria-label={labels.good} className={look}>
        <ThumbsUp aria-hidden className="size-4.5" strokeWidth={1.8} />
      </Toggle>
      <Toggle value="down" aria-label={labels.bad} className={look}>
        <ThumbsDown aria-hidden className="size-4.5" strokeWidth={1.8} />
      </Toggle>
    </ToggleGroup>
  );
}
