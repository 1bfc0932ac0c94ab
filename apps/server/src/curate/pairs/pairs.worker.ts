import { parentPort, workerData } from 'node:worker_threads';
import { feedbackPairs } from './feedback-pairs.ts';
import type { PairingInput } from './pair-in-worker.ts';

const { feedback, methods } = workerData as PairingInput;
parentPort?.postMessage(feedbackPairs(feedback, methods));
