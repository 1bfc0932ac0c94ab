import type { ExportFormat } from '@attune/contracts';

export interface FileType {
  readonly extension: 'jsonl' | 'parquet';
  readonly contentType: string;
}

const jsonLines: FileType = { extension: 'jsonl', contentType: 'application/x-ndjson; charset=utf-8' };
const parquet: FileType = { extension: 'parquet', contentType: 'application/vnd.apache.parquet' };

/** What kind of file a format is written as. */
export function fileTypeOf(format: ExportFormat): FileType {
  return format === 'parquet' ? parquet : jsonLines;
}
