import type { previewExport, ResponseOf } from '@attune/contracts';
import { loadCode } from '@attune/core';
import type { RenderedSplit } from './render-in-worker.ts';
import type { Wanted } from './rendered-dataset.ts';

type Facts = Omit<ResponseOf<typeof previewExport>, 'first'>;

/** What is to be known of an export, written or not. */
export function exportFacts(
  { rows, splits, findings, pii }: RenderedSplit,
  { format }: Wanted,
  place: { url: string; fileName: string },
): Facts {
  const ready = rows > 0 && !findings.some(({ level }) => level === 'violation');
  return { rows, splits, ready, findings, pii, load_code: loadCode(format, place) };
}
