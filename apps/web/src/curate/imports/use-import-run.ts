import type { ImportMapping, ImportResult } from '@attune/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../shell/api.ts';
import type { FileRow } from './file-rows.ts';
import { rowBatches } from './row-batches.ts';

export type ImportRun =
  | { readonly state: 'idle' }
  | {
      readonly state: 'running' | 'done' | 'stopped' | 'failed';
      readonly sent: number;
      readonly total: number;
      readonly result: ImportResult;
      readonly error?: unknown;
    };

const nothing: ImportResult = { imported: 0, already_there: 0, errors: [] };

function sum(a: ImportResult, b: ImportResult): ImportResult {
  return {
    imported: a.imported + b.imported,
    already_there: a.already_there + b.already_there,
    errors: [...a.errors, ...b.errors],
  };
}

/** Sends a file's rows portion by portion. Rows that are there already are not imported twice: it can begin again. */
export function useImportRun() {
  const [run, setRun] = useState<ImportRun>({ state: 'idle' });
  const stop = useRef<AbortController | null>(null);
  const queries = useQueryClient();
  useEffect(() => () => stop.current?.abort(), []);

  const start = async (rows: readonly FileRow[], mapping: ImportMapping) => {
    const controller = new AbortController();
    stop.current = controller;
    const { signal } = controller;
    let result = nothing;
    let sent = 0;
    const total = rows.length;
    setRun({ state: 'running', sent, total, result });
    try {
      for (const batch of rowBatches(rows)) {
        result = sum(result, await api.importRows({ body: { rows: batch, mapping } }, { signal }));
        sent += batch.length;
        setRun({ state: 'running', sent, total, result });
      }
      setRun({ state: 'done', sent, total, result });
    } catch (error) {
      if (signal.aborted) setRun({ state: 'stopped', sent, total, result });
      else setRun({ state: 'failed', sent, total, result, error });
    }
    await queries.invalidateQueries();
  };

  return { run, start, stop: () => stop.current?.abort(), reset: () => setRun({ state: 'idle' }) };
}
