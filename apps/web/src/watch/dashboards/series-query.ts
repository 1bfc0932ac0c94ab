import type { SeriesMetric } from '@attune/contracts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';
import { chosenSegments, spanOf, type TrendsSearch } from './trends-search.ts';

/** While hours are being summed again, they are read again this often. */
const AGAIN_MS = 3000;

/** A metric over the period and segments of a search. */
export function seriesQuery(metric: SeriesMetric, search: TrendsSearch) {
  return queryOptions({
    queryKey: ['series', metric, search],
    queryFn: ({ signal }) => {
      const { by } = search;
      const segments = chosenSegments({ ...search });
      const query = { metric, ...spanOf(search, new Date()), ...(by && { by }), ...segments };
      return api.dashboardSeries({ query }, { signal });
    },
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.catching_up === true ? AGAIN_MS : false),
  });
}
