import type { ReviewView } from '@attune/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';
import { useSay } from '../../shell/messages.tsx';
import { useText } from '../../text/use-text.ts';
import { sent } from '../decide/ask-server.ts';
import { useReviewSearch } from '../filter/use-review-search.ts';
import { text } from '../text.ts';

/** Saves, changes and deletes views; a deleted one can be had back. */
export function useChangeViews() {
  const t = useText(text).saved;
  const queries = useQueryClient();
  const { say, sayError } = useSay();
  const { filter, order } = useReviewSearch();
  const options = {
    onError: sayError,
    onSettled: () => queries.invalidateQueries({ queryKey: ['review', 'views'] }),
  };
  const create = useMutation({
    ...options,
    mutationFn: (body: Pick<ReviewView, 'name' | 'filter' | 'order' | 'shared'>) =>
      api.createReviewView({ body }),
    onSuccess: ({ name }) => say(t.saved(name)),
  });
  const update = useMutation({
    ...options,
    mutationFn: ({
      id,
      ...body
    }: { id: string } & Partial<Pick<ReviewView, 'name' | 'filter' | 'order' | 'shared'>>) =>
      api.updateReviewView({ params: { id }, body }),
  });
  const remove = useMutation({
    ...options,
    mutationFn: ({ id }: ReviewView) => api.deleteReviewView({ params: { id } }),
    onSuccess: (_, { name, filter, order, shared }) =>
      say(t.removed(name), { undo: () => create.mutate({ name, filter, order, shared }) }),
  });
  return {
    /** Saves what is shown now under a name. */
    save: (name: string, shared: boolean) =>
      create.mutateAsync({ name, shared, filter: sent(filter), order }),
    /** Gives a view another name, or shares it. */
    rename: async (id: string, name: string, shared: boolean) => {
      await update.mutateAsync({ id, name, shared });
      say(t.changed);
    },
    /** A view shows from now on what is shown now. */
    overwrite: ({ id, name }: ReviewView) =>
      update.mutate({ id, filter: sent(filter), order }, { onSuccess: () => say(t.replaced(name)) }),
    remove: (view: ReviewView) => remove.mutate(view),
    busy: create.isPending || update.isPending,
  };
}
