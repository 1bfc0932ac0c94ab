import type { Overview } from '@attune/contracts';
import type { ReactNode } from 'react';
import { useFormats, useText } from '../text/use-text.ts';
import { text } from './text.ts';

type Estimate = Overview['now']['coverage'];

/** The four numbers of a period, each beside the period before. */
export function Figures({ overview: { now, before, days } }: { overview: Overview }) {
  const t = useText(text);
  const { count } = useFormats();
  return (
    <dl className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
      <Figure label={t.answers} value={count(now.answers)}>
        {t.before(before.answers, days.length)}
      </Figure>
      <Figure label={t.feedback} value={count(now.feedback)}>
        <span className="block">{t.feedbackAbout}</span>
        {t.before(before.feedback, days.length)}
      </Figure>
      <Share
        label={t.satisfaction}
        about={t.satisfactionAbout}
        days={days.length}
        now={now.satisfaction}
        before={before.satisfaction}
      />
      <Share
        label={t.coverage}
        about={t.coverageAbout}
        days={days.length}
        now={now.coverage}
        before={before.coverage}
      />
    </dl>
  );
}

function Figure({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  return (
    <div className="card flex flex-col p-4">
      <dt className="text-soft text-sm">{label}</dt>
      <dd className="mt-1">
        <span className="block font-serif text-3xl tabular-nums leading-tight">{value}</span>
        <span className="mt-1 block text-faint text-xs tabular-nums">{children}</span>
      </dd>
    </div>
  );
}

interface ShareProps {
  label: string;
  about: string;
  /** Length of the period. */
  days: number;
  now: Estimate;
  before: Estimate;
}

function Share({ label, about, days, now, before }: ShareProps) {
  const t = useText(text);
  const { percent } = useFormats();
  const [low, high] = now.ci;
  const known = now.value !== null && low !== null && high !== null;
  return (
    <Figure label={label} value={known && now.value !== null ? percent(now.value) : '–'}>
      <span className="block">{about}</span>
      <span className="block" title={t.intervalAbout}>
        {known ? t.interval(low, high, now.n) : t.noData}
      </span>
      {before.value !== null && <span className="block">{t.shareBefore(before.value, days)}</span>}
    </Figure>
  );
}
