import { X } from 'lucide-react';
import { Choice } from '../../shell/parts/choice.tsx';
import { useText } from '../../text/use-text.ts';
import { WordsFilter } from '../words-filter.tsx';
import { methods, type PairSearch, places, strengths } from './pair-search.ts';
import { text } from './text.ts';

type Raw = Partial<Record<keyof PairSearch, string>>;

interface PairFiltersProps {
  search: PairSearch;
  /** An empty value takes a filter away. */
  onSearch: (search: Raw) => void;
}

/** What narrows the list of pairs. */
export function PairFilters({ search, onSearch }: PairFiltersProps) {
  const t = useText(text);
  const change = (part: Raw) => onSearch({ ...search, ...part });
  return (
    <search className="mb-4 flex flex-wrap items-center gap-2">
      <WordsFilter label={t.filters.words} value={search.q ?? ''} onWords={(q) => change({ q })} />
      <WordsFilter
        label={t.filters.annotator}
        value={search.annotator ?? ''}
        onWords={(annotator) => change({ annotator })}
      />
      <Choice
        label={t.filters.method}
        options={[
          { value: '', label: t.filters.anyMethod },
          ...methods.map((value) => ({ value, label: t.methods[value] })),
        ]}
        value={search.method ?? ''}
        onValue={(method) => change({ method })}
      />
      <Choice
        label={t.filters.place}
        options={[
          { value: '', label: t.filters.anyPlace },
          ...places.map((value) => ({ value, label: t.filters[value] })),
        ]}
        value={search.place ?? ''}
        onValue={(place) => change({ place })}
      />
      <Choice
        label={t.filters.strength}
        options={[
          { value: '', label: t.filters.anyStrength },
          ...strengths.map((value) => ({ value, label: t.filters[value] })),
        ]}
        value={search.strength ?? ''}
        onValue={(strength) => change({ strength })}
      />
      {search.dataset !== undefined && <span className="chip">{t.filters.ofDataset}</span>}
      {Object.keys(search).length > 0 && (
        <button type="button" className="quiet-button min-h-9" onClick={() => onSearch({})}>
          <X aria-hidden className="size-4" /> {t.filters.clearAll}
        </button>
      )}
    </search>
  );
}
