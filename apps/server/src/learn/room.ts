import type { Budget } from '@attune/contracts';
import type { Route } from '../platform/http/route.ts';
import { type Repetition, repeat } from '../platform/repeat.ts';
import { blendRoutes } from './blend/routes.ts';
import { budgetIn, monthOf } from './budget/budget.ts';
import { spentEver } from './budget/budget-store.ts';
import { type FindingsOnData, type GateQuestion, measureGates } from './gate-measurement/measure-gates.ts';
import { JobBell } from './job-bell.ts';
import { findJob } from './job-store.ts';
import type { Learn, LearnPlatform } from './learn.ts';
import { type LostJob, lostJobs } from './lost-job-list.ts';
import { takeUpLostJobs } from './lost-jobs.ts';
import type { LearnNeeds } from './needs.ts';
import { Outputs } from './outputs/outputs.ts';
import { outputRoutes } from './outputs/routes.ts';
import { RayRunner } from './ray/ray-runner.ts';
import { remoteRoutes } from './remote/routes.ts';
import { type EndedRun, type RuleStand, reportTraining, ruleStands, type Span } from './report-training.ts';
import { Retraining } from './retraining/retraining.ts';
import { retrainingRoutes } from './retraining/routes.ts';
import { learnRoutes } from './routes.ts';
import { trainedOn } from './trained-on.ts';
import { LocalRunner } from './trainer/local-runner.ts';
import { packedQueries } from './training-queries.ts';
import { TrainingRunner } from './training-runner.ts';

/** How often somebody looks for jobs whose runner has gone silent, when nobody asks about jobs. */
const LOOK_MS = 10_000;

/** Data sets become models here. */
export interface LearnRoom {
  readonly routes: Route[];
  /** The budget of this month, and what was spent and is bound. */
  budget(organization: string): Promise<Budget>;
  /** What all runs of the trainer that ended have cost, in every organisation. */
  trainingCost(): Promise<number>;
  /** Jobs that were lost since a time and wait for somebody. */
  lostJobs(organization: string, since: Date): Promise<LostJob[]>;
  /**
   * Tells whether a model, or one that it was made from, was trained on a question.
   * @throws AttuneError `model_not_deployable` when nobody knows any more
   */
  trainedOn(organization: string, modelId: string): Promise<(query: string) => boolean>;
  /** What data, the safety set and a model's run say of it; see `measureGates`. */
  measureGates(
    question: GateQuestion,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ): Promise<FindingsOnData>;
  /** Runs that ended in a span of time, and what they cost. */
  reportTraining(span: Span): Promise<{ runs: EndedRun[]; cost: number }>;
  /** The rules of retraining, and which of them could run now. */
  ruleStands(organization: string): Promise<RuleStand[]>;
  /** Settings of a job; none where it is not known. */
  hyperparameters(organization: string, job: string): Promise<Record<string, unknown>>;
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
    budget: (organization) => budgetIn(learn, organization, monthOf(platform.clock.now())),
    trainingCost: () => spentEver(platform.database.sql),
    lostJobs: (organization, since) => lostJobs(platform.database.sql, organization, since),
    trainedOn: async (organization, modelId) => packedQueries(await trainedOn(learn, organization, modelId)),
    measureGates: (question, onProgress, signal) => measureGates(learn, question, onProgress, signal),
    reportTraining: (span) => reportTraining(learn, span),
    ruleStands: (organization) => ruleStands(learn, organization),
    hyperparameters: async (organization, id) => {
      const job = await findJob(platform.database.sql, { organization, id });
      return { ...job?.hyperparameters };
    },
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
