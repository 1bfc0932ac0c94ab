import type { VersionCounters } from '@attune/contracts';
import { counted, countText, differenceText } from '../shell/number-text.ts';
import { Distribution } from './distribution.tsx';

/** The counters of one reward model version. */
export function VersionCard({ version }: { version: VersionCounters }) {
  return (
    <section className="card p-4">
      <h3 className="truncate font-medium text-sm" title={version.reward_model ?? undefined}>
        {version.reward_model ?? 'Without a reward model'}
      </h3>
      <p className="text-faint text-xs tabular-nums">
        {counted(version.answers, 'answer')} · {countText(version.feedback)} feedback
      </p>
      <div className="mt-3 flex items-end justify-between gap-4">
        <Average version={version} />
        <div className="w-28">
          <Distribution counts={version.distribution} />
        </div>
      </div>
      <Reactions version={version} />
    </section>
  );
}

function Average({ version: { average_rating, ratings, trend } }: { version: VersionCounters }) {
  return (
    <div>
      <p className="flex items-baseline gap-1.5">
        <span className="font-serif text-3xl tabular-nums leading-none">
          {average_rating === null ? '–' : average_rating.toFixed(2)}
        </span>
        {trend !== null && <Trend trend={trend} />}
      </p>
      <p className="mt-1 text-faint text-xs tabular-nums">
        {ratings === 0 ? 'no ratings yet' : `average, n = ${countText(ratings)}`}
      </p>
    </div>
  );
}

function Trend({ trend }: { trend: number }) {
  const colour = trend >= 0 ? 'text-good' : 'text-bad';
  return (
    <span className={`text-xs tabular-nums ${colour}`} title="Last 50 ratings against the 50 before">
      {differenceText(trend)}
      <span className="sr-only"> against the 50 ratings before</span>
    </span>
  );
}

function Reactions({ version: { thumbs_up, thumbs_down, corrections } }: { version: VersionCounters }) {
  if (thumbs_up + thumbs_down + corrections === 0) return null;
  const parts = [
    `${countText(thumbs_up)} thumbs up`,
    `${countText(thumbs_down)} down`,
    counted(corrections, 'correction'),
  ];
  return <p className="mt-3 text-faint text-xs tabular-nums">{parts.join(' · ')}</p>;
}
