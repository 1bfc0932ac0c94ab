import { parentPort, workerData } from 'node:worker_threads';
import { loadEmbedder, loadRewardScorer } from '@attune/reward';
import type { CanaryResult, CanarySetting } from './canary.ts';
import { canaries } from './canary-set.ts';

async function faultOf({ artifact, modelsFolder }: CanarySetting): Promise<string | null> {
  const scorer = await loadRewardScorer(artifact, (name) => loadEmbedder(name, modelsFolder));
  const rewards: number[] = [];
  for (const { question, answers } of canaries) {
    const scores = await scorer.score({ query: question }, answers);
    if (scores.length !== answers.length) return 'it does not score every answer';
    rewards.push(...scores.map(({ reward }) => reward));
  }
  // Written so that NaN is no reward either.
  if (!rewards.every((reward) => reward >= 0 && reward <= 1))
    return 'its rewards are not numbers from 0 to 1';
  return new Set(rewards).size > 1 ? null : 'it gives every answer the same reward';
}

const setting: CanarySetting = workerData;
const result: CanaryResult = await faultOf(setting).then(
  (fault) => ({ fault }),
  (error: unknown) => ({ fault: error instanceof Error ? error.message : String(error) }),
);
parentPort?.postMessage(result);
