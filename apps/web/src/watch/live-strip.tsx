import { Link } from '@tanstack/react-router';
import { useText } from '../text/use-text.ts';
import { useLive } from './live/live-source.tsx';
import { text } from './text.ts';

/** The live counters in one line, where there is no room for the panel. */
export function LiveStrip() {
  const t = useText(text);
  const { counters } = useLive();
  if (counters === null) return null;
  const { answers, feedback, open_alerts } = counters;
  return (
    <Link
      to="/live"
      className="flex justify-center gap-4 border-line border-b px-4 py-1.5 text-faint text-xs tabular-nums hover:text-ink min-[100rem]:hidden"
    >
      <span>{t.answers(answers)}</span>
      <span>{t.feedback(feedback)}</span>
      {open_alerts > 0 && <span className="text-bad">{t.openAlerts(open_alerts)}</span>}
    </Link>
  );
}
