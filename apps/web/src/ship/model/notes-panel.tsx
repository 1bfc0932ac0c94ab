import type { Model } from '@attune/contracts';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { Ago } from '../../shell/parts/ago.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { ShowMore } from '../../shell/parts/show-more.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { text } from './text.ts';

/** What people noted on a model, and its tags. */
export function NotesPanel({ model }: { model: Model }) {
  const t = useText(text).notes;
  const { role } = useMe();
  const notes = useInfiniteQuery({
    queryKey: ['models', 'notes', model.id],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 20, ...(pageParam !== null && { cursor: pageParam }) };
      return api.listModelNotes({ params: { id: model.id }, query }, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  const items = notes.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="notes" className="space-y-3">
      <h2 id="notes" className="font-medium font-serif text-xl">
        {t.title}
      </h2>
      {mayAct(role, 'trainer') && <Describe model={model} />}
      {notes.isError && <ErrorNotice error={notes.error} onRetry={() => notes.refetch()} />}
      {notes.data && items.length === 0 && <p className="text-soft text-sm">{t.none}</p>}
      {items.length > 0 && (
        <ul className="card divide-y divide-line">
          {items.map(({ id, text: said, by, created_at }) => (
            <li key={id} className="px-5 py-3">
              <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{said}</p>
              <p className="text-faint text-sm">
                {by}, <Ago at={created_at} />
              </p>
            </li>
          ))}
        </ul>
      )}
      <ShowMore list={notes} />
    </section>
  );
}

function Describe({ model }: { model: Model }) {
  const t = useText(text).notes;
  const [note, setNote] = useState('');
  const [tags, setTags] = useState(model.tags.join(', '));
  const queries = useQueryClient();
  const { say, sayError } = useSay();
  const describe = useMutation({
    mutationFn: (body: { note?: string; tags?: string[] }) =>
      api.updateModel({ params: { id: model.id }, body }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['models'] });
      say(t.saved);
    },
    onError: sayError,
  });
  const addNote = (event: FormEvent) => {
    event.preventDefault();
    if (note.trim() !== '') describe.mutate({ note: note.trim() }, { onSuccess: () => setNote('') });
  };
  const saveTags = (event: FormEvent) => {
    event.preventDefault();
    const words = tags.split(',').map((tag) => tag.trim());
    describe.mutate({ tags: words.filter((tag) => tag !== '') });
  };
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <form onSubmit={addNote} className="space-y-2">
        <label className="block text-sm">
          {t.note}
          <textarea
            className="text-field mt-1"
            rows={2}
            maxLength={10_000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        <button type="submit" className="line-button" disabled={describe.isPending || note.trim() === ''}>
          {t.add}
        </button>
      </form>
      <form onSubmit={saveTags} className="space-y-2">
        <label className="block text-sm">
          {t.tags}
          <input className="text-field mt-1" value={tags} onChange={(event) => setTags(event.target.value)} />
        </label>
        <button type="submit" className="line-button" disabled={describe.isPending}>
          {t.save}
        </button>
      </form>
    </div>
  );
}
