import { useQuery } from '@tanstack/react-query';
import { api } from '../../shell/api.ts';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { useText } from '../../text/use-text.ts';
import { LineageGraph } from './lineage-graph.tsx';
import { text } from './text.ts';

/** Where a data set comes from, and what was made from it. */
export function LineageTab({ id }: { id: string }) {
  const t = useText(text).lineage;
  const lineage = useQuery({
    queryKey: ['datasets', 'lineage', id],
    queryFn: ({ signal }) => api.getLineage({ params: { kind: 'dataset', id } }, { signal }),
  });
  if (lineage.isError) return <ErrorNotice error={lineage.error} onRetry={() => void lineage.refetch()} />;
  if (lineage.isPending) return <Loading what={t.what} />;
  return <LineageGraph lineage={lineage.data} />;
}
