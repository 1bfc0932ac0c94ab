import { queryOptions } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';

/** One data set with its report. */
export const datasetQuery = (id: string) =>
  queryOptions({
    queryKey: ['datasets', 'one', id],
    queryFn: ({ signal }) => api.getDataset({ params: { id } }, { signal }),
  });
