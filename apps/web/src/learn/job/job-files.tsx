import type { JobArtifact } from '@attune/contracts';
import { useQuery } from '@tanstack/react-query';
import { Download, FileBox } from 'lucide-react';
import { api } from '../../shell/api.ts';
import { DataTable } from '../../shell/parts/data-table.tsx';
import { Empty } from '../../shell/parts/empty.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { mayAct } from '../../shell/role-rank.ts';
import { useMe } from '../../shell/session.ts';
import { useText } from '../../text/use-text.ts';
import { text } from '../text.ts';

/** What a run made, file by file. */
export function JobFiles({ id }: { id: string }) {
  const t = useText(text);
  const trains = mayAct(useMe().role, 'trainer');
  const files = useQuery({
    queryKey: ['jobs', id, 'artifacts'],
    queryFn: ({ signal }) => api.jobArtifacts({ params: { id } }, { signal }),
  });
  if (files.isError) return <ErrorNotice error={files.error} onRetry={() => files.refetch()} />;
  if (files.isPending) return <Loading what={t.theFiles} />;
  if (files.data.items.length === 0) {
    return (
      <Empty icon={FileBox} title={t.noFiles}>
        {t.noFilesAbout}
      </Empty>
    );
  }
  const address = ({ sha256 }: JobArtifact) => `/api/fine-tuning/jobs/${id}/artifacts/${sha256}`;
  return (
    <DataTable
      label={t.tabs.files}
      columns={[
        { key: 'name', label: t.file, cell: ({ name }) => <span className="font-medium">{name}</span> },
        { key: 'kind', label: t.kindOfFile, cell: ({ kind }) => t.fileKinds[kind] },
        { key: 'size', label: t.size, cell: ({ bytes }) => t.bytes(bytes), numeric: true },
        {
          key: 'sha256',
          label: 'SHA-256',
          cell: ({ sha256 }) => <code className="text-xs">{sha256.slice(0, 12)}</code>,
        },
        {
          key: 'download',
          label: t.download,
          hiddenLabel: true,
          cell: (file) =>
            trains && (
              <a
                href={address(file)}
                download={file.name.split('/').at(-1)}
                aria-label={t.downloadFile(file.name)}
                className="quiet-button"
              >
                <Download aria-hidden className="size-4" />
              </a>
            ),
        },
      ]}
      rows={files.data.items}
      rowKey={({ name }) => name}
    />
  );
}
