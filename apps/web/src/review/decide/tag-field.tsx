import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type Ref, useId, useState } from 'react';
import { api } from '../../shell/api.ts';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

interface TagFieldProps {
  /** Tags that are there already and are not offered. */
  has: readonly string[];
  onTag: (tag: string) => void;
  onClose: () => void;
  ref?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
}

/** Adds tags: Enter adds, Escape leaves. Tags in use are offered while one types. */
export function TagField({ has, onTag, onClose, ref, autoFocus = false }: TagFieldProps) {
  const t = useText(text).tags;
  const id = useId();
  const [tag, setTag] = useState('');
  const used = useQuery({
    queryKey: ['review', 'tags'],
    queryFn: ({ signal }) => api.reviewTags({}, { signal }),
    staleTime: 60_000,
  });
  const add = () => {
    const words = tag.trim();
    if (words === '') return;
    setTag('');
    onTag(words);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      add();
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    }
  };
  return (
    <>
      <input
        ref={ref}
        className="text-field min-h-9 text-sm"
        aria-label={t.field}
        placeholder={t.placeholder}
        list={id}
        maxLength={100}
        value={tag}
        // biome-ignore lint/a11y/noAutofocus: the field opens because somebody asked to write here.
        autoFocus={autoFocus}
        onChange={(event) => setTag(event.target.value)}
        onKeyDown={press}
      />
      <datalist id={id}>
        {used.data?.tags
          .filter((known) => !has.includes(known.tag))
          .map((known) => (
            <option key={known.tag} value={known.tag} />
          ))}
      </datalist>
    </>
  );
}
