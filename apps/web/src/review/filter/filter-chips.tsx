import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { useFormats, useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import { narrowings, type QueueFilter } from './review-search.ts';
import { useReviewSearch } from './use-review-search.ts';

/** What narrows the queue now, each with a cross to take it away; what is searched for stands in the field. */
export function FilterChips() {
  const t = useText(text);
  const { filter, change, show, order, view } = useReviewSearch();
  const say = useFilterWords();
  const names = narrowings(filter).filter((name) => name !== 'q' && name !== 'semantic');
  const otherStatus = filter.status !== undefined && filter.status !== 'pending';
  if (names.length === 0 && !otherStatus) return null;
  const shown = otherStatus ? (['status', ...names] as const) : names;
  return (
    <ul className="mt-2 flex flex-wrap items-center gap-1.5">
      {shown.map((name) => (
        <li key={name} className="chip bg-accent-wash text-accent-strong">
          {say(name, filter)}
          <button
            type="button"
            aria-label={t.filter.remove(say(name, filter))}
            className="-mr-1 grid size-5 place-items-center rounded-full hover:bg-surface"
            onClick={() => change({ [name]: undefined })}
          >
            <X aria-hidden className="size-3" />
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          className="quiet-button min-h-7"
          onClick={() => show({ order, view: view === 'table' ? view : undefined })}
        >
          {t.filter.clear}
        </button>
      </li>
    </ul>
  );
}

/** Says a filter in words: “Tag: billing”. */
function useFilterWords() {
  const words = useText(text);
  const t = words.filter;
  const { day, decimal } = useFormats();
  const { data } = useQuery({
    queryKey: ['review', 'reviewers'],
    queryFn: ({ signal }) => api.reviewers({}, { signal }),
  });
  const person = (id: string | undefined) => {
    if (id === 'me') return t.me;
    if (id === 'nobody') return t.nobody;
    return data?.items.find((reviewer) => reviewer.id === id)?.name ?? '…';
  };
  return (name: keyof QueueFilter, filter: QueueFilter): string => {
    const said: { readonly [Name in keyof QueueFilter]: readonly [string, string | number | undefined] } = {
      status: [t.status, filter.status && words.statuses[filter.status]],
      source: [t.source, filter.source && words.sources[filter.source]],
      feedback_type: [t.type, filter.feedback_type && words.types[filter.feedback_type]],
      response_id: [t.answer, filter.response_id],
      session_id: [t.session, filter.session_id],
      user_id: [t.user, filter.user_id],
      reward_model: [t.model, filter.reward_model],
      min_rating: [t.starsFrom, filter.min_rating],
      max_rating: [t.starsTo, filter.max_rating],
      tag: [t.tag, filter.tag],
      after: [t.after, filter.after && day(filter.after)],
      before: [t.before, filter.before && day(filter.before)],
      assigned_to: [t.assigned, person(filter.assigned_to)],
      has_comment: [t.comment, filter.has_comment ? t.has : t.hasNot],
      has_correction: [t.correction, filter.has_correction ? t.has : t.hasNot],
      min_disagreement: [
        words.facts.disagreement,
        filter.min_disagreement === undefined ? undefined : `≥ ${decimal(filter.min_disagreement, 2)}`,
      ],
    };
    const [label, value] = said[name] ?? [t.mine, undefined];
    return value === undefined ? label : `${label}: ${value}`;
  };
}
