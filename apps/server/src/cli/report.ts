import type { Report, ReportKind } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';

/** A report that was just made, and the same as a text to read. */
export interface MadeReport {
  readonly report: Report;
  readonly text: string;
}

/** Has the server make a report on the last days. */
export async function makeReport(
  client: AttuneClient,
  kind: ReportKind,
  format: 'md' | 'html',
): Promise<MadeReport> {
  const report = await client.createReport({ body: { kind } });
  const bytes = await client.downloadReport({ params: { id: report.id }, query: { format } });
  return { report, text: new TextDecoder().decode(bytes).trimEnd() };
}
