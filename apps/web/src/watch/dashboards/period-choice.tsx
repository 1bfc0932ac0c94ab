import { useNavigate } from '@tanstack/react-router';
import { Choice } from '../../shell/parts/choice.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';
import { periods, spanOf, type TrendsSearch, trendsSearch } from './trends-search.ts';

/** How far back the panels look; a period of one's own has its first and last day. */
export function PeriodChoice({ search }: { search: TrendsSearch }) {
  const t = useText(text);
  const navigate = useNavigate();
  const change = (changes: TrendsSearch) =>
    void navigate({ to: '/trends', search: trendsSearch({ ...search, ...changes }), replace: true });
  const { period = '30d' } = search;
  return (
    <>
      <Choice
        label={t.period}
        options={periods.map((value) => ({ value, label: t.periods[value] }))}
        value={period}
        onValue={(value) => change({ period: value })}
      />
      {period === 'custom' && <Days search={search} onChange={change} />}
    </>
  );
}

interface DaysProps {
  search: TrendsSearch;
  onChange: (changes: TrendsSearch) => void;
}

function Days({ search, onChange }: DaysProps) {
  const t = useText(text);
  const today = new Date().toISOString().slice(0, 10);
  const { from } = spanOf(search, new Date());
  return (
    <>
      <input
        type="date"
        aria-label={t.firstDay}
        className="line-button"
        max={today}
        value={search.from ?? from.slice(0, 10)}
        onChange={({ target }) => onChange({ from: target.value })}
      />
      <input
        type="date"
        aria-label={t.lastDay}
        className="line-button"
        max={today}
        value={search.to ?? today}
        onChange={({ target }) => onChange({ to: target.value })}
      />
    </>
  );
}
