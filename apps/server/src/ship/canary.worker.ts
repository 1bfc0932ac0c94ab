import { parentPort, workerData } from 'node:worker_threads';
import { loadEmbedder, loadRewardScorer } from '@attune/reward';
import type { CanaryResult, CanarySetting } from './canary.ts';

const question = 'How long does a parcel to another country usually take?';
const answers = [
  'A parcel to another country usually takes five to ten working days; express takes two to three.',
  'Bananas are yellow.',
];

async function faultOf({ artifact, modelsFolder }: CanarySetting): Promise<string | null> {
  const scorer = await loadRewardScorer(artifact, (name) => loadEmbedder(name, modelsFolder));
  const scores = await scorer.score(question, answers);
  const isSensible = scores.every(({ reward }) => reward >= 0 && reward <= 1);
  return isSensible && scores.length === answers.length ? null : 'its rewards are not numbers from 0 to 1';
}

const setting: CanarySetting = workerData;
const result: CanaryResult = await faultOf(setting).then(
  (fault) => ({ fault }),
  (error: unknown) => ({ fault: error instanceof Error ? error.message : String(error) }),
);
parentPort?.postMessage(result);
