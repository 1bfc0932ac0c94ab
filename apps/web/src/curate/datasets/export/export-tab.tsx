import type { Dataset, ExportFormat } from '@attune/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../shell/api.ts';
import { useSay } from '../../../shell/messages.tsx';
import { Choice } from '../../../shell/parts/choice.tsx';
import { ErrorNotice } from '../../../shell/parts/error-notice.tsx';
import { Loading } from '../../../shell/parts/loading.tsx';
import { ToggleSwitch } from '../../../shell/parts/toggle-switch.tsx';
import { mayAct } from '../../../shell/role-rank.ts';
import { useMe } from '../../../shell/session.ts';
import { useText } from '../../../text/use-text.ts';
import { text } from '../text.ts';
import { downloadFile } from './download-file.ts';
import { ExportList } from './export-list.tsx';
import { ExportPreview } from './export-preview.tsx';
import { formats, usualFormat } from './formats.ts';

const splits = ['all', 'train', 'validation'] as const;

/** A frozen data set as a training file: what would stand in it, and then the file. */
export function ExportTab({ dataset }: { dataset: Dataset }) {
  const t = useText(text).export;
  const curates = mayAct(useMe().role, 'curator');
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      {curates ? <ExportForm dataset={dataset} /> : <p className="text-soft text-sm">{t.notPermitted}</p>}
      <ExportList id={dataset.id} downloads={curates} />
    </div>
  );
}

function ExportForm({ dataset }: { dataset: Dataset }) {
  const t = useText(text).export;
  const { say, sayError } = useSay();
  const queries = useQueryClient();
  const [format, setFormat] = useState<ExportFormat>(usualFormat(dataset.dataset_type));
  const [split, setSplit] = useState<(typeof splits)[number]>('all');
  const [mask_pii, setMask] = useState(true);
  const params = { id: dataset.id };
  const preview = useQuery({
    queryKey: ['datasets', 'export-preview', dataset.id, format, split, mask_pii],
    queryFn: ({ signal }) =>
      api.previewExport({ params, body: { format, split, mask_pii, first: 3 } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const write = useMutation({
    mutationFn: () => api.exportDataset({ params, body: { format, split, mask_pii } }),
    onSuccess: async ({ url, file_name }) => {
      downloadFile(url, file_name);
      say(t.done);
      await queries.invalidateQueries({ queryKey: ['datasets'] });
    },
    onError: sayError,
  });
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <Choice
          label={t.format}
          options={formats.map((value) => ({ value, label: t.formats[value] }))}
          value={format}
          onValue={setFormat}
        />
        <Choice
          label={t.split}
          options={splits.map((value) => ({ value, label: t.splits[value] }))}
          value={split}
          onValue={setSplit}
        />
        <ToggleSwitch label={t.mask} on={mask_pii} onSwitch={setMask} />
        <button
          type="button"
          className="main-button sm:ml-auto"
          disabled={write.isPending || !preview.isSuccess || preview.data.rows === 0}
          onClick={() => write.mutate()}
        >
          <Download aria-hidden className="size-4" /> {t.submit}
        </button>
      </div>
      {preview.isError && <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.isPending && <Loading what={t.what} />}
      {preview.data && (
        <div aria-busy={preview.isFetching} className={preview.isPlaceholderData ? 'opacity-60' : ''}>
          <ExportPreview preview={preview.data} masked={mask_pii} />
        </div>
      )}
    </section>
  );
}
