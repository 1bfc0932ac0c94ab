import { parentPort, workerData } from 'node:worker_threads';
import { readSnapshot } from '../datasets/read-snapshot.ts';
import { movable } from '../movable.ts';
import { render } from './render.ts';
import type { RenderedSplit, RenderInput } from './render-in-worker.ts';
import { countRows, inSplit } from './split-sizes.ts';

const { snapshot, split, ...options } = workerData as RenderInput;
const all = await readSnapshot(snapshot);
const rendered = render(inSplit(all, split), options);
const splits = { train: countRows(all, 'train', options), validation: countRows(all, 'validation', options) };
const bytes = movable(rendered.bytes);
const answer: RenderedSplit = { ...rendered, bytes, splits };
parentPort?.postMessage(answer, [bytes.buffer]);
