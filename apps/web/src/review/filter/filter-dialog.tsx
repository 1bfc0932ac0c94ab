import { useQuery } from '@tanstack/react-query';
import { SlidersHorizontal } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { api } from '../../shell/api.ts';
import { KeyCap } from '../../shell/keys/key-cap.tsx';
import { useKeys } from '../../shell/keys/use-keys.ts';
import { Field } from '../../shell/parts/field.tsx';
import { PopupDialog } from '../../shell/parts/popup-dialog.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { narrowings, type QueueFilter, reviewSearch, sources, statuses, types } from './review-search.ts';
import { useReviewSearch } from './use-review-search.ts';

/** Everything that the queue can be narrowed by, in a form at the side. */
export function FilterDialog() {
  const t = useText(text);
  const { filter } = useReviewSearch();
  const [open, setOpen] = useState(false);
  const count = narrowings(filter).length;
  useKeys({ F: { says: t.keys.filter, does: () => setOpen(true) } }, { help: t.keys.title });
  return (
    <>
      <button type="button" className="line-button" onClick={() => setOpen(true)}>
        <SlidersHorizontal aria-hidden className="size-4" />
        {t.filter.open}
        {count > 0 && <span className="chip tabular-nums">{count}</span>}
        <span aria-hidden className="hidden pointer-fine:lg:inline">
          <KeyCap name="F" />
        </span>
      </button>
      <PopupDialog place="side" title={t.filter.title} about={t.filter.about} open={open} onOpen={setOpen}>
        <FilterForm onDone={() => setOpen(false)} />
      </PopupDialog>
    </>
  );
}

/** What is typed, by the names that the address has for it. */
type Draft = Readonly<Record<string, string>>;

function draftOf(filter: QueueFilter): Draft {
  const entries = Object.entries(filter).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, isDay(name) ? String(value).slice(0, 10) : String(value)]),
  );
}

function isDay(name: string): boolean {
  return name === 'after' || name === 'before';
}

const numbers = new Set(['min_rating', 'max_rating', 'min_disagreement']);
const flags = new Set(['mine', 'has_comment', 'has_correction']);

/** As the address would say it, so that one reader judges both. */
function filterIn(draft: Draft): QueueFilter {
  return reviewSearch(
    Object.fromEntries(
      Object.entries(draft)
        .filter(([, value]) => value !== '')
        .map(([name, value]) => {
          if (numbers.has(name)) return [name, Number(value)];
          return [name, flags.has(name) ? value === 'true' : value];
        }),
    ),
  );
}

function FilterForm({ onDone }: { onDone: () => void }) {
  const t = useText(text).filter;
  const words = useText(text);
  const { filter, order, view, show } = useReviewSearch();
  const [draft, setDraft] = useState(draftOf(filter));
  const set = (name: string) => (value: string) => setDraft({ ...draft, [name]: value });
  const part = (name: string) => ({ value: draft[name] ?? '', onValue: set(name) });
  const apply = (wanted: QueueFilter) => {
    show({ ...wanted, order, view: view === 'table' ? view : undefined });
    onDone();
  };
  const has = [
    { value: 'true', label: t.has },
    { value: 'false', label: t.hasNot },
  ];
  const stars = ['1', '2', '3', '4', '5'].map((value) => ({ value, label: value }));
  return (
    <form
      className="grid grid-cols-2 gap-x-3 gap-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        apply(filterIn(draft));
      }}
    >
      <Pick
        label={t.status}
        any={null}
        options={statuses.map((value) => ({ value, label: words.statuses[value] }))}
        value={draft.status ?? 'pending'}
        onValue={set('status')}
      />
      <Pick
        label={t.type}
        options={types.map((value) => ({ value, label: words.types[value] }))}
        {...part('feedback_type')}
      />
      <Pick label={t.starsFrom} options={stars} {...part('min_rating')} />
      <Pick label={t.starsTo} options={stars} {...part('max_rating')} />
      <Pick label={t.comment} options={has} {...part('has_comment')} />
      <Pick label={t.correction} options={has} {...part('has_correction')} />
      <Pick
        label={t.source}
        options={sources.map((value) => ({ value, label: words.sources[value] }))}
        {...part('source')}
      />
      <AssigneePick {...part('assigned_to')} />
      <Type label={t.tag} {...part('tag')} />
      <Type label={t.user} {...part('user_id')} />
      <Type label={t.session} {...part('session_id')} />
      <Type label={t.model} {...part('reward_model')} />
      <Type label={t.after} type="date" {...part('after')} />
      <Type label={t.before} type="date" {...part('before')} />
      <Wide>
        <Field label={t.disagreement} hint={t.disagreementHint}>
          {(input) => (
            <input
              {...input}
              className="text-field"
              type="number"
              min={0}
              max={1}
              step={0.05}
              value={draft.min_disagreement ?? ''}
              onChange={(event) => set('min_disagreement')(event.target.value)}
            />
          )}
        </Field>
      </Wide>
      <Wide>
        <label className="flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="size-4"
            checked={draft.mine === 'true'}
            onChange={(event) => set('mine')(event.target.checked ? 'true' : '')}
          />
          {t.mine}
        </label>
      </Wide>
      <div className="col-span-2 flex justify-end gap-2">
        <button type="button" className="quiet-button min-h-9" onClick={() => apply({})}>
          {t.clear}
        </button>
        <button type="submit" className="main-button">
          {t.apply}
        </button>
      </div>
    </form>
  );
}

function Wide({ children }: { children: ReactNode }) {
  return <div className="col-span-2">{children}</div>;
}

interface PickProps {
  label: string;
  options: readonly { value: string; label: string }[];
  value: string;
  onValue: (value: string) => void;
  /** Label of "no matter which"; null where one must be chosen. */
  any?: string | null;
}

function Pick({ label, options, value, onValue, any }: PickProps) {
  const t = useText(text).filter;
  return (
    <Field label={label}>
      {(input) => (
        <select
          {...input}
          className="text-field"
          value={value}
          onChange={(event) => onValue(event.target.value)}
        >
          {any !== null && <option value="">{any ?? t.any}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function AssigneePick({ value, onValue }: { value: string; onValue: (value: string) => void }) {
  const t = useText(text).filter;
  const { data } = useQuery({
    queryKey: ['review', 'reviewers'],
    queryFn: ({ signal }) => api.reviewers({}, { signal }),
  });
  const people = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const options = [{ value: 'me', label: t.me }, { value: 'nobody', label: t.nobody }, ...people];
  return <Pick label={t.assigned} options={options} value={value} onValue={onValue} />;
}

interface TypeProps {
  label: string;
  type?: 'text' | 'date';
  value: string;
  onValue: (value: string) => void;
}

function Type({ label, type = 'text', value, onValue }: TypeProps) {
  return (
    <Field label={label}>
      {(input) => (
        <input
          {...input}
          className="text-field"
          type={type}
          value={value}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  );
}
