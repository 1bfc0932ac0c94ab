import { Worker } from 'node:worker_threads';
import { untilEnd } from '../../worker-run.ts';
import type { MadeReport } from './agreement-report.ts';
import type { ReportInput } from './report-input.ts';

/**
 * Makes the report in a worker thread: its intervals take a thousand resamples each.
 * @throws AttuneError `overloaded` when the room stops
 */
export async function reportInWorker(input: ReportInput, stopping: AbortSignal): Promise<MadeReport> {
  const worker = new Worker(new URL('./agreement.worker.ts', import.meta.url), { workerData: input });
  let report: MadeReport | undefined;
  await untilEnd(worker, stopping, (message) => {
    report = message as MadeReport;
  });
  if (report === undefined) throw new Error('the agreement report ended without a result');
  return report;
}
