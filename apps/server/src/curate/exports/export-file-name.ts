import type { ExportFormat } from '@attune/contracts';
import { fileTypeOf } from './export-file-type.ts';

/**
 * Name under which an export is saved: only ASCII letters, digits, `.`, `_` and `-`, so that it is safe in a header
 * and on every file system.
 * @example fileNameOf('Support answers', { format: 'trl_kto', split: 'train' }, 'ab12cd34…') // Support-answers.trl_kto.train.ab12cd34.jsonl
 */
export function fileNameOf(
  datasetName: string,
  { format, split }: { format: ExportFormat; split: 'all' | 'train' | 'validation' },
  sha256: string,
): string {
  const part = split === 'all' ? [] : [split];
  return [safe(datasetName), format, ...part, sha256.slice(0, 8), fileTypeOf(format).extension].join('.');
}

function safe(name: string): string {
  const kept = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '');
  return kept === '' ? 'dataset' : kept;
}
