import { parentPort, workerData } from 'node:worker_threads';
import { agreementReport } from './agreement-report.ts';
import type { ReportInput } from './report-input.ts';

parentPort?.postMessage(agreementReport(workerData as ReportInput));
