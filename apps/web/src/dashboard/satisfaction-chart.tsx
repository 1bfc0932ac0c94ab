import type { DayActivity } from '@attune/contracts';
import { useFormats, useText } from '../text/use-text.ts';
import { ChartCard } from './chart-card.tsx';
import { DayBars } from './day-bars.tsx';
import { text } from './text.ts';

/** Share of positive reactions a day. */
export function SatisfactionChart({ days }: { days: readonly DayActivity[] }) {
  const t = useText(text);
  const { count, percent, day: dayText } = useFormats();
  const named = days.map((day) => ({ ...day, name: dayText(`${day.day}T12:00:00Z`) }));
  return (
    <ChartCard
      title={t.daily}
      about={t.dailyAbout}
      columns={[t.day, t.reactions, t.positive]}
      rows={named.map(({ name, reactions, positive }) => [name, count(reactions), count(positive)])}
    >
      <DayBars
        top={percent(1)}
        bars={named.map(({ day, name, reactions, positive }) => ({
          day,
          height: reactions === 0 ? null : 1,
          dark: reactions === 0 ? 0 : positive / reactions,
          says: reactions === 0 ? name : t.dailyBar(name, positive / reactions, reactions),
        }))}
      />
    </ChartCard>
  );
}
