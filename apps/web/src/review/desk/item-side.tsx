import type { ReviewAction, ReviewItem } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { Plus, UserRound, X } from 'lucide-react';
import type { Ref } from 'react';
import { KeyCap } from '../../shell/keys/key-cap.tsx';
import { useFormats, useText } from '../../text/use-text.ts';
import { TagField } from '../decide/tag-field.tsx';
import { itemQuery } from '../item/item-query.ts';
import { ScoreBar } from '../item/score-bar.tsx';
import { text } from '../text.ts';

interface ItemSideProps {
  item: ReviewItem;
  disabled: boolean;
  tagField: Ref<HTMLInputElement>;
  onDecide: (decision: ReviewAction) => void;
  onNote: () => void;
}

/** Beside the item: its tags, note, assignee, and what is known of it in numbers. */
export function ItemSide({ item, disabled, tagField, onDecide, onNote }: ItemSideProps) {
  const t = useText(text);
  const { feedback, review } = item;
  return (
    <aside aria-label={t.facts.label} className="space-y-6 text-sm">
      <section>
        <h2 className="eyebrow mb-1.5">{t.tags.title}</h2>
        <OwnTags tags={feedback.tags} disabled={disabled} onDecide={onDecide} />
        <SuggestedTags item={item} disabled={disabled} onDecide={onDecide} />
        {!disabled && (
          <TagField
            ref={tagField}
            has={feedback.tags}
            onTag={(tag) => onDecide({ action: 'tag', tags: [tag] })}
            onClose={() => document.activeElement instanceof HTMLElement && document.activeElement.blur()}
          />
        )}
      </section>
      {review.note !== null && (
        <section>
          <h2 className="eyebrow mb-1.5">{t.note.title}</h2>
          <button
            type="button"
            className="w-full whitespace-pre-wrap rounded-xl bg-warn-wash p-3 text-left [overflow-wrap:anywhere]"
            disabled={disabled}
            onClick={onNote}
          >
            {review.note}
          </button>
        </section>
      )}
      {review.assigned_to !== null && (
        <section>
          <h2 className="eyebrow mb-1.5">{t.assign.assigned}</h2>
          <p className="flex items-center gap-2">
            <UserRound aria-hidden className="size-4 text-faint" /> {review.assigned_to.name}
          </p>
        </section>
      )}
      <ItemFacts item={item} />
    </aside>
  );
}

function OwnTags({
  tags,
  disabled,
  onDecide,
}: Omit<ItemSideProps, 'item' | 'tagField' | 'onNote'> & { tags: string[] }) {
  const t = useText(text).tags;
  if (tags.length === 0) return null;
  return (
    <ul className="mb-2 flex flex-wrap gap-1.5">
      {tags.map((tag) => (
        <li key={tag} className="chip bg-accent-wash text-accent-strong">
          {tag}
          {!disabled && (
            <button
              type="button"
              aria-label={t.remove(tag)}
              className="-mr-1 grid size-5 place-items-center rounded-full hover:bg-surface"
              onClick={() => onDecide({ action: 'untag', tags: [tag] })}
            >
              <X aria-hidden className="size-3" />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Most suggestions that have a key of their own. */
const WITH_KEY = 5;

/** Tags of similar items that this one lacks. */
export function useSuggestedTags({ feedback }: ReviewItem): { tag: string; count: number }[] {
  const { data } = useQuery(itemQuery(feedback.id));
  return (data?.suggested_tags ?? []).filter(({ tag }) => !feedback.tags.includes(tag)).slice(0, WITH_KEY);
}

function SuggestedTags({ item, disabled, onDecide }: Pick<ItemSideProps, 'item' | 'disabled' | 'onDecide'>) {
  const t = useText(text).tags;
  const suggested = useSuggestedTags(item);
  if (suggested.length === 0 || disabled) return null;
  return (
    <div className="mb-2">
      <p className="mb-1 text-faint text-xs">{t.suggested}</p>
      <ul className="flex flex-wrap gap-1.5">
        {suggested.map(({ tag, count }, index) => (
          <li key={tag}>
            <button
              type="button"
              aria-label={t.add(tag, count)}
              className="chip min-h-7 border border-line border-dashed hover:border-edge hover:text-ink"
              onClick={() => onDecide({ action: 'tag', tags: [tag] })}
            >
              <Plus aria-hidden className="size-3" /> {tag}
              <span aria-hidden className="hidden pointer-fine:inline">
                <KeyCap name={String(index + 1)} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function ItemFacts({ item: { feedback, review } }: { item: ReviewItem }) {
  const t = useText(text);
  const { decimal } = useFormats();
  const words: readonly (readonly [string, string | null])[] = [
    [t.facts.model, feedback.reward_model],
    [t.facts.policy, feedback.policy],
    [t.filter.source, t.sources[feedback.source]],
    [t.facts.user, feedback.user_id],
    [t.facts.session, feedback.session_id],
  ];
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1.5">
      <dt className="text-faint">{t.facts.score}</dt>
      <dd>
        <ScoreBar score={review.score} />
      </dd>
      {review.disagreement !== null && (
        <>
          <dt className="text-faint" title={t.facts.disagreementMeaning}>
            {t.facts.disagreement}
          </dt>
          <dd className="tabular-nums">{decimal(review.disagreement, 2)}</dd>
        </>
      )}
      <dt className="text-faint" title={t.facts.priorityMeaning}>
        {t.facts.priority}
      </dt>
      <dd className="tabular-nums">{decimal(review.priority, 2)}</dd>
      {words.map(
        ([label, value]) =>
          value !== null && (
            <div key={label} className="contents">
              <dt className="text-faint">{label}</dt>
              <dd className="truncate" title={value}>
                {value}
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
