import { trainRewardModel } from './train-reward-model.ts';
import { serveTask } from './worker-side.ts';

serveTask(trainRewardModel);
