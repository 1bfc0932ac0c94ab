import { parentPort, workerData } from 'node:worker_threads';
import { datasetDiff } from './dataset-diff.ts';
import type { DiffInput, DiffPage } from './diff-in-worker.ts';
import { readSnapshot } from './read-snapshot.ts';

const { before, after, change, from, limit } = workerData as DiffInput;
const { counts, changes } = datasetDiff(await readSnapshot(before), await readSnapshot(after));
const wanted = changes.filter((one) => change === undefined || one.change === change);
const page: DiffPage = { counts, rows: wanted.slice(from, from + limit) };
parentPort?.postMessage(page);
