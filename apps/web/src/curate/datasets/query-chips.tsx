import type { DatasetQuery } from '@attune/contracts';
import { useText } from '../../text/use-text.ts';
import { narrowedBy } from './query-draft.ts';
import { text } from './text.ts';

/** The query that a data set was made by. */
export function QueryChips({ query }: { query: DatasetQuery }) {
  const t = useText(text).create;
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
  return (
    <p className="flex flex-wrap items-center gap-1.5 text-faint text-xs">
      {t.query}:
      {narrowedBy(query).map(([name, value]) => (
        <span key={name} className="chip">
          {names.get(name) ?? name}: {value}
        </span>
      ))}
    </p>
  );
}
