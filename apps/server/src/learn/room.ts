import type { Route } from '../platform/http/route.ts';
import { type Repetition, repeat } from '../platform/repeat.ts';
import { blendRoutes } from './blend/routes.ts';
import { JobBell } from './job-bell.ts';
import type { Learn, LearnPlatform } from './learn.ts';
import { takeUpLostJobs } from './lost-jobs.ts';
import type { LearnNeeds } from './needs.ts';
import { Outputs } from './outputs/outputs.ts';
import { outputRoutes } from './outputs/routes.ts';
import { RayRunner } from './ray/ray-runner.ts';
import { remoteRoutes } from './remote/routes.ts';
import { Retraining } from './retraining/retraining.ts';
import { retrainingRoutes } from './retraining/routes.ts';
import { learnRoutes } from './routes.ts';
import { LocalRunner } from './trainer/local-runner.ts';
import { TrainingRunner } from './training-runner.ts';

/** How often somebody looks for jobs whose runner has gone silent, when nobody asks about jobs. */
const LOOK_MS = 10_000;

/** Data sets become models here. */
export interface LearnRoom {
  readonly routes: Route[];
  /** Finds jobs that were lost, and takes up those that wait. */
  start(): Promise<void>;
  /** Stops runs in threads, whose jobs wait for the next start; those of the trainer go on. */
  stop(): Promise<void>;
}

/** Opens the room. */
export function openLearn(platform: LearnPlatform, needs: LearnNeeds): LearnRoom {
  const bell = new JobBell(platform);
  const learn: Learn = { platform, needs, bell };
  const runner = new TrainingRunner(learn);
  const trainer = new LocalRunner(learn);
  const ray = needs.ray === null ? null : new RayRunner(learn, needs.ray);
  const retraining = new Retraining(learn);
  const outputs = new Outputs(learn);
  let watch: Repetition | undefined;
  return {
    routes: [
      ...learnRoutes(learn),
      ...remoteRoutes(learn),
      ...blendRoutes(learn),
      ...retrainingRoutes(learn),
      ...outputRoutes(learn),
    ],
    start: async () => {
      await bell.start();
      await takeUpLostJobs(learn);
      await runner.start();
      trainer.start();
      ray?.start();
      retraining.start();
      outputs.start();
      watch = repeat(LOOK_MS, () => takeUpLostJobs(learn), platform.log, 'looking for lost jobs');
    },
    stop: async () => {
      await watch?.stop();
      await outputs.stop();
      await retraining.stop();
      await ray?.stop();
      await trainer.stop();
      await runner.stop();
      await bell.stop();
    },
  };
}
