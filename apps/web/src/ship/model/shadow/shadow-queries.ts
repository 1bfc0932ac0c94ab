import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../shell/api.ts';

const LOOK_MS = 5000;
const SHOWN = 10;

/** The newest shadow run of a model; asked again while it runs. */
export const shadowQuery = (id: string) =>
  queryOptions({
    queryKey: ['models', 'shadow', id],
    queryFn: ({ signal }) => api.getShadow({ params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.shadow?.status === 'running' ? LOOK_MS : false),
  });

/** Its clearest disagreements. */
export const disagreementsQuery = (id: string) =>
  queryOptions({
    queryKey: ['models', 'shadow-disagreements', id],
    queryFn: ({ signal }) =>
      api.listShadowDisagreements({ params: { id }, query: { limit: SHOWN } }, { signal }),
  });
