import type { VersionCounters } from '@attune/contracts';
import { useFormats, useText } from '../text/use-text.ts';
import { Distribution } from './distribution.tsx';
import { text } from './text.ts';

/** The counters of one reward model version. */
export function VersionCard({ version }: { version: VersionCounters }) {
  const t = useText(text);
  return (
    <section className="card p-4">
      <h3 className="truncate font-medium text-sm" title={version.reward_model ?? undefined}>
        {version.reward_model ?? t.noModel}
      </h3>
      <p className="text-faint text-xs tabular-nums">
        {t.answers(version.answers)} · {t.feedback(version.feedback)}
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
  const t = useText(text);
  const { decimal } = useFormats();
  return (
    <div>
      <p className="flex items-baseline gap-1.5">
        <span className="font-serif text-3xl tabular-nums leading-none">
          {average_rating === null ? '–' : decimal(average_rating, 2)}
        </span>
        {trend !== null && <Trend trend={trend} />}
      </p>
      <p className="mt-1 text-faint text-xs tabular-nums">
        {ratings === 0 ? t.noRatings : t.average(ratings)}
      </p>
    </div>
  );
}

function Trend({ trend }: { trend: number }) {
  const t = useText(text);
  const { difference } = useFormats();
  const colour = trend >= 0 ? 'text-good' : 'text-bad';
  return (
    <span className={`text-xs tabular-nums ${colour}`} title={t.trend}>
      {difference(trend)}
      <span className="sr-only"> {t.trendSpoken}</span>
    </span>
  );
}

function Reactions({ version: { thumbs_up, thumbs_down, corrections } }: { version: VersionCounters }) {
  const t = useText(text);
  if (thumbs_up + thumbs_down + corrections === 0) return null;
  const parts = [t.thumbs(thumbs_up, thumbs_down), t.corrections(corrections)];
  return <p className="mt-3 text-faint text-xs tabular-nums">{parts.join(' · ')}</p>;
}
