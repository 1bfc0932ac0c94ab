import type { ModelGates } from '@attune/contracts';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';

export const modelQuery = (id: string) =>
  queryOptions({
    queryKey: ['models', 'one', id],
    queryFn: ({ signal }) => api.getModel({ params: { id } }, { signal }),
  });

/** Asked again while a measurement is under way. */
export const gatesQuery = (id: string) =>
  queryOptions({
    queryKey: ['models', 'gates', id],
    queryFn: ({ signal }) => api.getModelGates({ params: { id } }, { signal }),
    refetchInterval: ({ state }) => (isMeasuring(state.data) ? 1000 : false),
  });

export function isMeasuring(gates: ModelGates | undefined): boolean {
  const status = gates?.measurement?.status;
  return status === 'waiting' || status === 'measuring';
}
