import { Link } from '@tanstack/react-router';
import { counted, countText } from '../shell/number-text.ts';
import { useLiveCounters } from './live-counters.tsx';

/** The live counters in one line, where there is no room for the panel. */
export function LiveStrip() {
  const { counters } = useLiveCounters();
  if (counters === null) return null;
  const { answers, feedback, open_alerts } = counters;
  return (
    <Link
      to="/live"
      className="flex justify-center gap-4 border-line border-b px-4 py-1.5 text-faint text-xs tabular-nums hover:text-ink xl:hidden"
    >
      <span>{counted(answers, 'answer')}</span>
      <span>{countText(feedback)} feedback</span>
      {open_alerts > 0 && <span className="text-bad">{counted(open_alerts, 'open alert')}</span>}
    </Link>
  );
}
