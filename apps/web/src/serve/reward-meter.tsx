import { Meter } from '@base-ui/react/meter';
import { useFormats, useText } from '../text/use-text.ts';
import { text } from './text.ts';

/** A reward score, 0 to 1, as a small bar with its number. */
export function RewardMeter({ score }: { score: number }) {
  const t = useText(text).account;
  const said = useFormats().decimal(score, 2);
  return (
    <Meter.Root
      value={score}
      max={1}
      aria-label={t.reward}
      getAriaValueText={() => t.rewardOf(said)}
      title={t.rewardMeaning}
      className="inline-flex items-center gap-2"
    >
      <Meter.Track className="h-1.5 w-16 overflow-hidden rounded-full bg-line">
        <Meter.Indicator className="h-full rounded-full bg-accent" />
      </Meter.Track>
      <span className="font-medium text-ink text-sm tabular-nums">{said}</span>
    </Meter.Root>
  );
}
