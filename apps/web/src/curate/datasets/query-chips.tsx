import type { DatasetQuery } from '@attune/contracts';
import { useFormats, useText } from '../../text/use-text.ts';
import { narrowedBy } from './query-draft.ts';
import { text } from './text.ts';

/** Parts of a query whose values are codes with names; tags and people have their own words. */
const coded = new Set(['statuses', 'sources']);

const dated = new Set(['after', 'before']);

/** The query that a data set was made by. */
export function QueryChips({ query }: { query: DatasetQuery }) {
  const { list, day } = useFormats();
  const words = useText(text);
  const t = words.create;
  const values = new Map<string, string>([
    ...Object.entries(words.feedbackStatuses),
    ...Object.entries(words.sources),
  ]);
  const names = new Map<string, string>([
    ['statuses', t.statuses],
    ['tags', t.tags],
    ['sources', t.sources],
    ['after', t.after],
    ['before', t.before],
    ['last_days', t.lastDays],
    ['min_rating', t.minRating],
    ['max_rating', t.maxRating],
    ['annotator', t.annotator],
    ['min_alpha', t.minAlpha],
  ]);
  const worded = (name: string, value: string) => {
    if (coded.has(name)) return values.get(value) ?? value;
    return dated.has(name) ? day(value) : value;
  };
  return (
    <p className="flex flex-wrap items-center gap-1.5 text-faint text-xs">
      {t.query}:
      {narrowedBy(query).map(([name, said]) => (
        <span key={name} className="chip">
          {names.get(name) ?? name}: {list(said.map((value) => worded(name, value)))}
        </span>
      ))}
    </p>
  );
}
