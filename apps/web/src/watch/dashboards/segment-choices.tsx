import { SeriesGroup } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../shell/api.ts';
import { Choice } from '../../shell/parts/choice.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';
import { type TrendsSearch, trendsSearch } from './trends-search.ts';

/** Stands for any segment, as '' stands for none. */
const ANY = '*';

/** Which answers count, and what becomes a line of its own. */
export function SegmentChoices({ search }: { search: TrendsSearch }) {
  const t = useText(text);
  const navigate = useNavigate();
  const segments = useQuery({
    queryKey: ['dashboard-segments'],
    queryFn: ({ signal }) => api.dashboardSegments({}, { signal }),
  });
  const change = (name: SeriesGroup | 'by', value: string) => {
    const changed = { ...search, [name]: value === ANY ? undefined : value };
    void navigate({ to: '/trends', search: trendsSearch(changed), replace: true });
  };
  return (
    <>
      {SeriesGroup.options.map((name) => (
        <Choice
          key={name}
          label={t.groups[name]}
          options={optionsOf(segments.data?.[name] ?? [], search[name], t.anyOf[name], t.noSegment)}
          value={search[name] ?? ANY}
          onValue={(value) => change(name, value)}
        />
      ))}
      <Choice
        label={t.by}
        options={[
          { value: ANY, label: t.together },
          ...SeriesGroup.options.map((value) => ({ value, label: t.byOf[value] })),
        ]}
        value={search.by ?? ANY}
        onValue={(value) => change('by', value)}
      />
    </>
  );
}

/** The chosen one is among them, even when it had no answers of late. */
function optionsOf(known: readonly string[], chosen: string | undefined, any: string, none: string) {
  const all = chosen === undefined || known.includes(chosen) ? known : [chosen, ...known];
  return [{ value: ANY, label: any }, ...all.map((value) => ({ value, label: value === '' ? none : value }))];
}
