import { parentPort, workerData } from 'node:worker_threads';
import { readSnapshot } from './read-snapshot.ts';
import { render } from './render.ts';
import type { RenderInput } from './render-in-worker.ts';

const { snapshot, format, split } = workerData as RenderInput;
const { ratings, pairs } = await readSnapshot(snapshot);
const inSplit = (row: { split: string }) => split === 'all' || row.split === split;
parentPort?.postMessage(render(format, { ratings: ratings.filter(inSplit), pairs: pairs.filter(inSplit) }));
