import { Meter } from '@base-ui/react/meter';

const MEANING = 'Calibrated probability that a person would rate this answer 4 or better';

/** A reward score, 0 to 1, as a small bar with its number. */
export function RewardMeter({ score }: { score: number }) {
  return (
    <Meter.Root
      value={score}
      max={1}
      aria-label="Reward score"
      getAriaValueText={() => `${score.toFixed(2)} of 1`}
      title={MEANING}
      className="inline-flex items-center gap-2"
    >
      <Meter.Track className="h-1.5 w-16 overflow-hidden rounded-full bg-line">
        <Meter.Indicator className="h-full rounded-full bg-accent" />
      </Meter.Track>
      <span className="font-medium text-ink text-sm tabular-nums">{score.toFixed(2)}</span>
    </Meter.Root>
  );
}
