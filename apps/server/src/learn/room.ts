import type { Route } from '../platform/http/route.ts';
import { JobBell } from './job-bell.ts';
import type { Learn, LearnPlatform } from './learn.ts';
import { markLostJobs } from './lost-jobs.ts';
import type { LearnNeeds } from './needs.ts';
import { learnRoutes } from './routes.ts';
import { TrainingRunner } from './training-runner.ts';

/** Data sets become models here. */
export interface LearnRoom {
  readonly routes: Route[];
  /** Finds jobs that were lost, and takes up those that wait. */
  start(): Promise<void>;
  /** Stops runs; their jobs wait for the next start. */
  stop(): Promise<void>;
}

/** Opens the room. */
export function openLearn(platform: LearnPlatform, needs: LearnNeeds): LearnRoom {
  const bell = new JobBell(platform);
  const learn: Learn = { platform, needs, bell };
  const runner = new TrainingRunner(learn);
  return {
    routes: learnRoutes(learn),
    start: async () => {
      await bell.start();
      await markLostJobs(platform, bell);
      await runner.start();
    },
    stop: async () => {
      await runner.stop();
      await bell.stop();
    },
  };
}
