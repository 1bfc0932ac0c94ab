import type { ReviewOrder } from '@attune/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { writes } from '../decide/writes.ts';
import type { QueueFilter } from '../filter/review-search.ts';
import { Desk, type DeskNews } from './desk.ts';
import { deskServer } from './desk-server.ts';
import { holdWhileSeen } from './hold-while-seen.ts';

interface DeskOf {
  readonly filter: QueueFilter;
  readonly order: ReviewOrder;
  /** An item to begin with. */
  readonly first: string | null;
}

/** A desk for a queue; another queue has another desk. What lies on it is let go when the page is left. */
export function useDesk({ filter, order, first }: DeskOf, news: DeskNews): Desk | null {
  const queries = useQueryClient();
  const newest = useRef(news);
  useEffect(() => {
    newest.current = news;
  });
  const [desk, setDesk] = useState<Desk | null>(null);
  const [visit, setVisit] = useState(0);
  const queue = JSON.stringify({ filter, order, first });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a queue that says the same is the same; a new visit opens a new desk.
  useEffect(() => {
    const onError = (error: unknown) => newest.current.onError(error);
    const opened = new Desk(
      deskServer(queries, filter, order, onError),
      {
        onDecided: (id, action) => newest.current.onDecided(id, action),
        onUndone: (undone) => newest.current.onUndone(undone),
        onError,
      },
      writes,
    );
    setDesk(opened);
    opened.open(first).catch(onError);
    const stop = holdWhileSeen(opened, { onError, onReturn: () => setVisit((count) => count + 1) });
    return () => {
      stop();
      opened.leave();
    };
  }, [queries, queue, visit]);
  return desk;
}
