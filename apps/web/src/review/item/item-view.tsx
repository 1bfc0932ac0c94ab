import type { ReviewItem } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { ChangedText } from '../../collect/changed-text.tsx';
import { ModelText } from '../../serve/model-text.tsx';
import { Ago } from '../../shell/parts/ago.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';
import type { ContextPart } from './context-parts.ts';
import { ItemContext } from './item-context.tsx';
import { itemQuery } from './item-query.ts';
import { PersonSaid } from './person-said.tsx';
import { StatusChip } from './status-chip.tsx';

interface ItemViewProps {
  item: ReviewItem;
  open: ReadonlySet<ContextPart>;
  onOpen: (part: ContextPart, open: boolean) => void;
}

/**
 * One item with its whole context. What the person said stands before the answer: it is what is decided about, and
 * beneath a long answer nobody would see it.
 */
export function ItemView({ item: { feedback, review }, open, onOpen }: ItemViewProps) {
  const t = useText(text);
  const context = useQuery(itemQuery(feedback.id));
  return (
    <article aria-label={t.item} data-item={feedback.id} className="space-y-5">
      <section aria-labelledby="review-question">
        <div className="mb-1.5 flex flex-wrap items-center gap-2">
          <h2 id="review-question" className="eyebrow">
            {t.question}
          </h2>
          <StatusChip status={feedback.status} />
          {feedback.is_training_data && <span className="chip">{t.facts.training}</span>}
          <Ago at={feedback.created_at} className="ml-auto text-faint text-xs" />
        </div>
        <p className="whitespace-pre-wrap font-medium text-lg leading-snug [overflow-wrap:anywhere]">
          {feedback.query}
        </p>
      </section>
      <section aria-labelledby="review-said" className="card p-4">
        <h2 id="review-said" className="eyebrow mb-2">
          {t.said.title}
        </h2>
        <PersonSaid feedback={feedback} />
      </section>
      <section aria-labelledby="review-answer">
        <h2 id="review-answer" className="eyebrow mb-1.5">
          {t.answer}
        </h2>
        <ModelText text={feedback.response} />
      </section>
      {review.correction !== null && (
        <section className="border-accent border-l-2 pl-4">
          <h2 className="eyebrow mb-1">{t.said.yours}</h2>
          <ChangedText before={feedback.response} after={review.correction} />
        </section>
      )}
      {context.isError && <ErrorNotice error={context.error} onRetry={() => context.refetch()} />}
      {context.data && <ItemContext context={context.data} open={open} onOpen={onOpen} />}
    </article>
  );
}
