import type { exportDataset, ResponseOf } from '@attune/contracts';

/** What was written, what was masked in it, and which rules of its format it breaks, as a person reads it. */
export function exportText({
  rows,
  file,
  pii,
  findings,
}: ResponseOf<typeof exportDataset> & { file: string }): string {
  const kinds = Object.entries(pii.by_kind).map(([kind, count]) => `${count} ${kind.replaceAll('_', ' ')}`);
  return [
    `  ${rows} rows written to ${file}`,
    ...(kinds.length === 0 ? [] : [`  personal data: ${kinds.join(', ')}`]),
    ...findings.map(({ level, message, count, source }) => {
      const where = count === 0 ? '' : ` (${count} rows)`;
      return `  ${level}: ${message}${where} — ${source}`;
    }),
  ].join('\n');
}
