import type { DatasetType } from '@attune/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { useText } from '../../text/use-text.ts';
import { useSettled } from '../use-settled.ts';
import { type QueryDraft, queryOf } from './query-draft.ts';
import { ReportView } from './report-view.tsx';
import { RowText } from './row-text.tsx';
import { text } from './text.ts';

/** What a query would make, following it as it is typed. */
export function QueryPreview({ type, draft }: { type: DatasetType; draft: QueryDraft }) {
  const t = useText(text).create;
  const settled = useSettled(draft);
  const query = queryOf(settled);
  const preview = useQuery({
    queryKey: ['datasets', 'preview', type, query],
    queryFn: ({ signal }) => api.previewDataset({ body: { dataset_type: type, query } }, { signal }),
    enabled: settled.statuses.length > 0,
    placeholderData: keepPreviousData,
  });
  if (draft.statuses.length === 0) return <p className="text-soft">{t.noStatus}</p>;
  if (preview.isError) return <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />;
  if (preview.isPending) return <Loading what={t.looking} lines={5} />;
  const { feedback, pairs, other_pairs, truncated, refused, report, first } = preview.data;
  const following = preview.isFetching || settled !== draft;
  return (
    <section
      aria-label={t.preview}
      aria-busy={following}
      className={`grid grid-cols-[minmax(0,1fr)] gap-4 ${following ? 'opacity-60' : ''}`}
    >
      <h2 className="eyebrow">{t.preview}</h2>
      <p aria-live="polite" className="font-medium text-lg tabular-nums">
        {t.matches(feedback)} · {t.pairMatches(pairs)}
      </p>
      {draft.pairs === 'matching' && other_pairs > 0 && (
        <p className="text-soft text-sm">{t.otherPairs(other_pairs)}</p>
      )}
      {truncated && <p className="text-soft text-sm">{t.truncated}</p>}
      {refused !== null && (
        <p className="flex items-start gap-2 rounded-xl bg-warn-wash px-4 py-3 text-sm">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
          <span>
            {t.cannotFreeze} {refused}
          </span>
        </p>
      )}
      {report !== null && <ReportView report={report} />}
      {first.length > 0 && (
        <section>
          <h3 className="eyebrow mb-1">{t.firstRows}</h3>
          <ul className="card divide-y divide-line">
            {first.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name and never move.
              <li key={index} className="px-5 py-3">
                <RowText row={row} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </section>
  );
}
