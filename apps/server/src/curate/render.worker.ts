import { parentPort, workerData } from 'node:worker_threads';
import { movable } from './movable.ts';
import { readSnapshot } from './read-snapshot.ts';
import { render } from './render.ts';
import type { RenderInput } from './render-in-worker.ts';

const { snapshot, format, split } = workerData as RenderInput;
const { ratings, pairs } = await readSnapshot(snapshot);
const inSplit = (row: { split: string }) => split === 'all' || row.split === split;
const rendered = render(format, { ratings: ratings.filter(inSplit), pairs: pairs.filter(inSplit) });
const bytes = movable(rendered.bytes);
parentPort?.postMessage({ ...rendered, bytes }, [bytes.buffer]);
