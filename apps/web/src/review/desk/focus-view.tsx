import type { ReviewAction } from '@attune/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { forgetDraft } from '../../shell/drafts.ts';
import { useSay } from '../../shell/messages.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { useText } from '../../text/use-text.ts';
import { useLive } from '../../watch/live/live-source.tsx';
import { draftNames } from '../decide/draft-names.ts';
import { useSayUndone } from '../decide/say-undone.ts';
import { useReviewSearch } from '../filter/use-review-search.ts';
import { itemQuery } from '../item/item-query.ts';
import { text } from '../text.ts';
import type { Desk } from './desk.ts';
import { currentItem } from './desk-state.ts';
import { EmptyDesk } from './empty-desk.tsx';
import { FocusItem } from './focus-item.tsx';
import { useOpenContext } from './open-context.ts';
import { useDesk } from './use-desk.ts';

/** One item after the other, with everything that is known of it. */
export function FocusView() {
  const { filter, order, search } = useReviewSearch();
  const queries = useQueryClient();
  const { sayError } = useSay();
  const sayUndone = useSayUndone();
  const [last, setLast] = useState<ReviewAction['action'] | null>(null);
  const desk = useDesk(
    { filter, order, first: search.item ?? null },
    {
      onDecided: (id, action) => {
        setLast(action);
        if (action === 'correct' || action === 'note') forgetDraft(draftNames[action](id));
        void queries.invalidateQueries({ queryKey: itemQuery(id).queryKey });
        void queries.invalidateQueries({ queryKey: ['review', 'progress'] });
      },
      onUndone: (undone) => {
        setLast(null);
        sayUndone(undone);
        void queries.invalidateQueries({ queryKey: ['review', 'progress'] });
      },
      onError: sayError,
    },
  );
  if (desk === null) return null;
  return <DeskView desk={desk} last={last} />;
}

function DeskView({ desk, last }: { desk: Desk; last: ReviewAction['action'] | null }) {
  const t = useText(text);
  const state = useSyncExternalStore(desk.watch, desk.state);
  const context = useOpenContext();
  useRefillWhenMoreComes(desk);
  const item = currentItem(state);
  if (item === null && state.supply === 'filling') {
    return (
      <div className="mx-auto w-full max-w-5xl flex-1 px-4 py-6 sm:px-8">
        <Loading what={t.theItem} lines={4} />
      </div>
    );
  }
  if (item === null) return <EmptyDesk desk={desk} state={state} />;
  return (
    <FocusItem
      key={item.feedback.id}
      desk={desk}
      item={item}
      holder={state.lost.get(item.feedback.id) ?? null}
      ahead={state.items.length - state.at - 1}
      last={last}
      context={context}
    />
  );
}

/** New feedback lands on an empty desk by itself. */
function useRefillWhenMoreComes(desk: Desk): void {
  const pending = useLive().counters?.queue.pending.value;
  const { sayError } = useSay();
  useEffect(() => {
    if (pending !== undefined && desk.state().supply === 'empty') desk.refill().catch(sayError);
  }, [pending, desk, sayError]);
}
