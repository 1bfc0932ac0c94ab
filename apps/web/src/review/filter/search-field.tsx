import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { useReviewSearch } from './use-review-search.ts';

/** Searches the queue by words or by meaning; Enter searches, Escape goes back to the keys. */
export function SearchField() {
  const t = useText(text);
  const { filter, change } = useReviewSearch();
  const searched = filter.semantic ?? filter.q ?? '';
  const [by, setBy] = useState<'q' | 'semantic'>(filter.semantic === undefined ? 'q' : 'semantic');
  const [words, setWords] = useState(searched);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setWords(searched), [searched]);
  useKeys({ '/': { says: t.keys.search, does: () => field.current?.focus() } }, { help: t.keys.title });

  const search = (wanted: string, how: 'q' | 'semantic') => {
    const said = wanted.trim() === '' ? undefined : wanted.trim();
    change({ q: undefined, semantic: undefined, [how]: said });
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.key !== 'Escape') return;
    event.preventDefault();
    setWords(searched);
    field.current?.blur();
  };
  return (
    <search className="min-w-56 flex-1">
      <form
        className="flex items-center rounded-xl border border-line bg-surface has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent"
        onSubmit={(event) => {
          event.preventDefault();
          search(words, by);
          field.current?.blur();
        }}
      >
        <Search aria-hidden className="ml-3 size-4 shrink-0 text-faint" />
        <input
          ref={field}
          type="search"
          aria-label={t.search.label}
          placeholder={by === 'q' ? t.search.words : t.search.meaning}
          className="min-h-9 min-w-0 flex-1 bg-transparent px-2 text-sm outline-none placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
          maxLength={500}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={press}
        />
        {searched !== '' && (
          <button
            type="button"
            aria-label={t.search.clear}
            className="quiet-button size-8 px-0"
            onClick={() => search('', by)}
          >
            <X aria-hidden className="size-4" />
          </button>
        )}
        <select
          aria-label={t.search.by}
          className="min-h-9 rounded-xl bg-transparent px-2 text-soft text-sm"
          value={by}
          onChange={(event) => {
            const how = event.target.value === 'semantic' ? 'semantic' : 'q';
            setBy(how);
            if (words.trim() !== '') search(words, how);
          }}
        >
          <option value="q">{t.search.byWords}</option>
          <option value="semantic">{t.search.byMeaning}</option>
        </select>
      </form>
    </search>
  );
}
