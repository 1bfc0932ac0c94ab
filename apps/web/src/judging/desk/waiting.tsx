import type { JudgingStanding } from '@attune/contracts';
import { Link } from '@tanstack/react-router';
import { CircleCheckBig } from 'lucide-react';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** Nothing lies on the desk: why, and what one can do. */
export function Waiting({ standing, onAgain }: { standing: JudgingStanding; onAgain: () => void }) {
  const t = useText(text);
  const w = t.waiting;
  const why = standing.waiting ?? 'nothing_left';
  const about = {
    nothing_left: w.nothingLeftAbout,
    quota_reached: w.quotaAbout,
    not_running: w.notRunningAbout,
  }[why];
  return (
    <div className="grid h-full place-items-center px-6">
      <div className="grid max-w-md justify-items-center gap-2 text-center">
        <CircleCheckBig aria-hidden className="size-8 text-good" strokeWidth={1.5} />
        <h1 className="font-medium font-serif text-2xl">{w[why]}</h1>
        <p className="text-soft">{about}</p>
        {standing.done > 0 && <p className="text-sm">{w.yours(standing.done)}</p>}
        <div className="mt-3 flex gap-2">
          <button type="button" className="line-button" onClick={onAgain}>
            {w.again}
          </button>
          <Link to="/judge" className="main-button">
            {t.back}
          </Link>
        </div>
      </div>
    </div>
  );
}
