import { useFormats, useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

/** A reward score of 0 to 1 as a small bar with its number. */
export function ScoreBar({ score }: { score: number | null }) {
  const t = useText(text).facts;
  const { decimal } = useFormats();
  if (score === null) return <span className="text-faint text-sm">{t.notScored}</span>;
  return (
    <span className="inline-flex items-center gap-2" title={t.scoreMeaning}>
      <span className="sr-only">{t.score}</span>
      <span aria-hidden className="h-1.5 w-12 overflow-hidden rounded-full bg-line">
        <span className="block h-full rounded-full bg-accent" style={{ width: `${score * 100}%` }} />
      </span>
      <span className="font-medium text-sm tabular-nums">{decimal(score, 2)}</span>
    </span>
  );
}
