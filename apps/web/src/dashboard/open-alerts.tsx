import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { useText } from '../text/use-text.ts';
import { useLive } from '../watch/live/live-source.tsx';
import { text } from './text.ts';

/** Says that alerts are open, while any are. */
export function OpenAlerts() {
  const t = useText(text);
  const open = useLive().counters?.open_alerts ?? 0;
  if (open === 0) return null;
  return (
    <p className="flex items-center gap-3 rounded-xl bg-bad-wash px-4 py-3 text-sm">
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-bad" />
      <span className="font-medium">{t.alerts(open)}</span>
      <Link to="/live" className="ml-auto text-accent-strong underline underline-offset-2">
        {t.seeAlerts}
      </Link>
    </p>
  );
}
