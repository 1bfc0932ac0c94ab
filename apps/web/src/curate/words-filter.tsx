import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

const REST_MS = 300;

interface WordsFilterProps {
  label: string;
  value: string;
  onWords: (words: string) => void;
}

/** A filter that is typed; it applies when one rests, or at once with Enter. */
export function WordsFilter({ label, value, onWords }: WordsFilterProps) {
  const [typed, setTyped] = useState(value);
  /** What was applied last: only another value comes from elsewhere, and replaces what is being typed. */
  const applied = useRef(value);
  const apply = useRef(onWords);
  useEffect(() => {
    apply.current = (words) => {
      applied.current = words;
      onWords(words);
    };
  });
  useEffect(() => {
    if (value === applied.current) return;
    applied.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => apply.current(typed.trim()), REST_MS);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <label className="relative min-w-40 flex-1">
      <span className="sr-only">{label}</span>
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-faint" />
      <input
        type="search"
        className="text-field min-h-9 py-1 pl-9 text-sm"
        placeholder={label}
        value={typed}
        maxLength={300}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) apply.current(typed.trim());
        }}
      />
    </label>
  );
}
