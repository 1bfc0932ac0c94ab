import { parentPort, workerData } from 'node:worker_threads';
import { loadMiniLmEmbedder } from '../minilm-embedder.ts';

/** Reads without end, for tests of how threads are ended. */
const { directory, threads }: { directory: string; threads: number } = workerData;
parentPort?.postMessage('loading');
const embedder = await loadMiniLmEmbedder(directory, { threads });
parentPort?.postMessage('reading');
for (;;) await embedder.embed(['on and on '.repeat(80), 'and on '.repeat(80)]);
