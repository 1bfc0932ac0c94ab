import type { ImportFormat, ImportMapping, ImportTarget } from '@attune/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { useMemo, useState } from 'react';
import { api } from '../../shell/api.ts';
import { Choice } from '../../shell/parts/choice.tsx';
import { ErrorNotice } from '../../shell/parts/error-notice.tsx';
import { Loading } from '../../shell/parts/loading.tsx';
import { useText } from '../../text/use-text.ts';
import { useSettled } from '../use-settled.ts';
import { DryRunResult } from './dry-run-result.tsx';
import type { ReadFile } from './file-drop.tsx';
import { ImportProgress } from './import-progress.tsx';
import { targetFields } from './mapping-edit.ts';
import { MappingTable } from './mapping-table.tsx';
import { lookedAt } from './row-batches.ts';
import { text } from './text.ts';
import { useImportRun } from './use-import-run.ts';

const formats = [
  'argilla',
  'label_studio',
  'langsmith',
  'langfuse',
  'openai_chat',
  'openai_preference',
  'trl_preference',
  'trl_kto',
  'plain',
] as const satisfies ImportFormat[];
const targets = ['ratings', 'pairs', 'conversations', 'corrections'] as const satisfies ImportTarget[];

/** What somebody decided; what is left out the server recognises and proposes. */
interface Decided {
  readonly format?: ImportFormat;
  readonly target?: ImportTarget;
  readonly mapping?: ImportMapping;
}

/** How a file would be imported, to be corrected, tried and started. */
export function ImportPlan({ file, onAnother }: { file: ReadFile; onAnother: () => void }) {
  const t = useText(text);
  const sample = useMemo(() => lookedAt(file.rows), [file]);
  const [decided, setDecided] = useState<Decided>({});
  const settled = useSettled(decided);
  const { run, start, stop } = useImportRun();
  const dry = useQuery({
    queryKey: ['import', 'dry-run', file.name, file.rows.length, settled],
    queryFn: ({ signal }) => api.importDryRun({ body: { rows: sample, ...settled } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const head = (
    <p className="flex flex-wrap items-center gap-3">
      <FileText aria-hidden className="size-5 text-faint" />
      <span className="font-medium [overflow-wrap:anywhere]">{file.name}</span>
      <span className="text-soft text-sm tabular-nums">
        {file.delimiter === null
          ? t.rows(file.rows.length)
          : `${t.rows(file.rows.length)} · ${t.delimiters[file.delimiter]}`}
      </span>
      <button type="button" className="quiet-button" disabled={run.state === 'running'} onClick={onAnother}>
        {t.another}
      </button>
    </p>
  );
  if (dry.isError) {
    return (
      <div className="grid gap-4">
        {head}
        <ErrorNotice error={dry.error} onRetry={() => void dry.refetch()} />
      </div>
    );
  }
  if (dry.isPending) return <Loading what={t.dry.what} lines={4} />;
  const mapping = decided.mapping ?? dry.data.mapping;
  const following = settled !== decided || dry.isFetching;
  if (run.state !== 'idle') {
    return (
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        {head}
        <ImportProgress
          run={run}
          target={mapping.target}
          onStop={stop}
          onAgain={() => void start(file.rows, mapping)}
        />
      </div>
    );
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      {head}
      <div className="flex flex-wrap items-center gap-2">
        <Choice
          label={t.format}
          options={formats.map((value) => ({
            value,
            label:
              decided.format === undefined && value === mapping.format
                ? `${t.formats[value]} (${t.detected})`
                : t.formats[value],
          }))}
          value={mapping.format}
          onValue={(format) => setDecided({ format })}
        />
        <Choice
          label={t.target}
          options={targets.map((value) => ({ value, label: `${t.target}: ${t.targets[value]}` }))}
          value={mapping.target}
          onValue={(target) => setDecided({ format: mapping.format, target })}
        />
      </div>
      <MappingTable
        mapping={mapping}
        fields={targetFields[mapping.target]}
        needs={dry.data.needs}
        paths={dry.data.paths}
        onMapping={(changed) => setDecided({ ...decided, mapping: changed })}
      />
      {sample.length < file.rows.length && <p className="text-soft text-sm">{t.looked(sample.length)}</p>}
      <DryRunResult dry={dry.data} faults={file.faults} following={following} />
      <button
        type="button"
        className="main-button justify-self-end"
        disabled={following || dry.data.good === 0}
        onClick={() => void start(file.rows, mapping)}
      >
        {t.run.start(file.rows.length)}
      </button>
    </div>
  );
}
