import { evaluateRewardModel } from './evaluate-reward-model.ts';
import { serveTask } from './worker-side.ts';

serveTask(evaluateRewardModel);
