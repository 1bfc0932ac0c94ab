import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../shell/api.ts';
import { useText } from '../text/use-text.ts';
import type { QueueFilter } from './filter/review-search.ts';
import { text } from './text.ts';
import { timeLeft } from './time-left.ts';

const REFRESH_MS = 60_000;

function localMidnight(): string {
  const today = new Date();
  today.setHours(0, 0, 0, 0);
  return today.toISOString();
}

/** Done, left, pace and the time that the rest will take. */
export function ProgressLine({ filter }: { filter: QueueFilter }) {
  const t = useText(text).progress;
  const { data } = useQuery({
    queryKey: ['review', 'progress', filter],
    queryFn: ({ signal }) => api.reviewProgress({ query: { ...filter, since: localMidnight() } }, { signal }),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });
  const mine = data?.done_today.mine ?? 0;
  const left = data?.remaining.value ?? 0;
  const share = mine + left === 0 ? 0 : mine / (mine + left);
  return (
    <section aria-label={t.label} className="px-4 pb-2 sm:px-6">
      <div className="h-1 overflow-hidden rounded-full bg-sunken">
        <div
          className="h-full rounded-full bg-accent transition-[width]"
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <p className="mt-1 flex min-h-4 flex-wrap gap-x-4 text-faint text-xs tabular-nums">
        {data && (
          <>
            <span data-progress="mine" className="text-soft">
              {t.doneToday(mine)}
            </span>
            {data.done_today.all > mine && <span>{t.ofAll(data.done_today.all)}</span>}
            <span data-progress="left">{t.remaining(left, data.remaining.exact)}</span>
            <span>{data.pace.per_hour === null ? t.noPace : t.pace(data.pace.per_hour)}</span>
            {data.seconds_left !== null && <TimeLeft seconds={data.seconds_left} />}
          </>
        )}
      </p>
    </section>
  );
}

function TimeLeft({ seconds }: { seconds: number }) {
  const t = useText(text).progress;
  const { unit, count } = timeLeft(seconds);
  return <span>{unit === 'hours' ? t.hoursLeft(count) : t.minutesLeft(count)}</span>;
}
