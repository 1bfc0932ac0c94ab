import type { ReviewOrder } from '@attune/contracts';
import { createClient } from '@attune/sdk';
import type { QueryClient } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';
import { decideItems, sent, undoLast } from '../decide/ask-server.ts';
import type { QueueFilter } from '../filter/review-search.ts';
import { itemQuery } from '../item/item-query.ts';
import type { DeskServer } from './desk.ts';

/** Its requests go out although the page is closing. */
const parting = createClient({
  url: window.location.origin,
  fetch: (input, init) => fetch(input, { ...init, keepalive: true }),
});

/** The server, as the desk of one queue asks it. */
export function deskServer(
  queries: QueryClient,
  filter: QueueFilter,
  order: ReviewOrder,
  onError: (error: unknown) => void,
): DeskServer {
  return {
    next: (count, hold_previous) =>
      api.reserveNext({ body: { filter: sent(filter), order, count, hold_previous } }),
    prepare: (id) => void queries.prefetchQuery(itemQuery(id)),
    read: async (id) => {
      await queries.invalidateQueries({ queryKey: itemQuery(id).queryKey });
      const { feedback, review } = await queries.fetchQuery(itemQuery(id));
      return { feedback, review };
    },
    renew: (ids) => api.renewReservations({ body: { ids } }),
    release: (ids) => void parting.releaseReservations({ body: { ids } }).catch(onError),
    decide: (id, decision) => decideItems([id], decision),
    undo: undoLast,
  };
}
