import type { DayActivity } from '@attune/contracts';
import { useFormats, useText } from '../text/use-text.ts';
import { ChartCard } from './chart-card.tsx';
import { DayBars } from './day-bars.tsx';
import { text } from './text.ts';

/** Answers a day, with the part of them that has feedback. */
export function TrafficChart({ days }: { days: readonly DayActivity[] }) {
  const t = useText(text);
  const { count, day: dayText } = useFormats();
  const most = Math.max(1, ...days.map(({ answers }) => answers));
  const named = days.map((day) => ({ ...day, name: dayText(`${day.day}T12:00:00Z`) }));
  return (
    <ChartCard
      title={t.traffic}
      about={t.trafficAbout}
      columns={[t.day, t.answers, t.withFeedback]}
      rows={named.map(({ name, answers, answers_with_feedback }) => [
        name,
        count(answers),
        count(answers_with_feedback),
      ])}
    >
      <DayBars
        top={count(most)}
        bars={named.map(({ day, name, answers, answers_with_feedback }) => ({
          day,
          height: answers === 0 ? null : answers / most,
          dark: answers_with_feedback / most,
          says: t.bar(name, answers, answers_with_feedback),
        }))}
      />
    </ChartCard>
  );
}
