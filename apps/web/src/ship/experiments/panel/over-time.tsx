import type { Experiment } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Choice } from '../../../shell/parts/choice.tsx';
import { ErrorNotice } from '../../../shell/parts/error-notice.tsx';
import { useFormats, useText } from '../../../text/use-text.ts';
import { looksQuery } from '../experiment-queries.ts';
import { type PlottedMetric, plottedMetrics } from '../experiment-search.ts';
import { differenceWords, intervalWords } from '../metric-words.ts';
import { text as experimentText } from '../text.ts';
import { IntervalPlot } from './interval-plot.tsx';
import { boundOf, type Intervals, intervalsOf, withNewest } from './intervals.ts';
import { text } from './text.ts';

/** How the difference of a metric came to be what it is. */
export function OverTime({ experiment }: { experiment: Experiment }) {
  const t = useText(text);
  const { metrics } = useText(experimentText);
  const { metric = 'satisfaction' } = useSearch({ from: '/frame/experiments/$id' });
  const navigate = useNavigate();
  const looks = useQuery(looksQuery(experiment));
  const { results } = experiment;
  const intervals = useMemo(
    () => intervalsOf(withNewest(looks.data?.items ?? [], results), metric),
    [looks.data, results, metric],
  );
  const bound = boundOf(experiment.success_metrics, results, metric);
  return (
    <section>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-medium">{t.overTime}</h2>
        <Choice
          label={t.metricShown}
          options={plottedMetrics.map((value) => ({ value, label: metrics[value] }))}
          value={metric}
          onValue={(metric) =>
            void navigate({
              to: '/experiments/$id',
              params: { id: experiment.id },
              search: { metric },
              replace: true,
            })
          }
        />
      </div>
      {looks.isError && <ErrorNotice error={looks.error} onRetry={() => looks.refetch()} />}
      {intervals.times.length === 0 ? (
        <p className="text-faint text-sm">{t.noIntervals}</p>
      ) : (
        <Figure metric={metric} intervals={intervals} bound={bound} start={experiment.start_date} />
      )}
    </section>
  );
}

interface FigureProps {
  metric: PlottedMetric;
  intervals: Intervals;
  bound: number | null;
  /** When the experiment began. */
  start: string | null;
}

function Figure({ metric, intervals, bound, start }: FigureProps) {
  const { metrics, points } = useText(experimentText);
  const formats = useFormats();
  const say = (of: number) => differenceWords(metric, of, formats, points);
  return (
    <figure className="card min-w-0 p-4">
      <figcaption className="mb-2 text-sm">
        <span className="font-medium">{metrics[metric]}</span>{' '}
        <span className="text-soft tabular-nums">
          <Newest intervals={intervals} say={say} />
        </span>
        <Legend hasBound={bound !== null} />
      </figcaption>
      <IntervalPlot
        key={metric}
        intervals={intervals}
        bound={bound}
        from={start === null ? null : new Date(start).getTime() / 1000}
        words={say}
      />
    </figure>
  );
}

function Newest({ intervals, say }: { intervals: Intervals; say: (of: number) => string }) {
  const t = useText(text);
  const value = intervals.values.at(-1) ?? 0;
  const interval = intervalWords([intervals.lows.at(-1) ?? null, intervals.highs.at(-1) ?? null], say);
  return interval === null ? t.newestAlone(say(value)) : t.newest(say(value), interval);
}

function Legend({ hasBound }: { hasBound: boolean }) {
  const { lines } = useText(text);
  const marks = [
    { says: lines.band, mark: '▒', colour: 'var(--color-accent)' },
    { says: lines.zero, mark: '━', colour: 'var(--color-faint)' },
    ...(hasBound ? [{ says: lines.bound, mark: '┅', colour: 'var(--color-warn)' }] : []),
  ];
  return (
    <span className="flex flex-wrap gap-x-3 text-faint text-xs">
      {marks.map(({ says, mark, colour }) => (
        <span key={says} className="whitespace-nowrap">
          <span aria-hidden style={{ color: colour }}>
            {mark}{' '}
          </span>
          {says}
        </span>
      ))}
    </span>
  );
}
