import type { Kysely } from 'kysely';
import * as first from './migrations/0001_first.ts';
import * as feedbackKinds from './migrations/0002_feedback_kinds.ts';
import * as conversations from './migrations/0003_conversations.ts';
import * as review from './migrations/0004_review.ts';
import * as judging from './migrations/0005_judging.ts';
import * as datasets from './migrations/0006_datasets.ts';
import * as demo from './migrations/0007_demo.ts';
import * as dailyActivity from './migrations/0008_daily_activity.ts';
import * as newestAnswers from './migrations/0009_newest_answers.ts';
import * as onePerson from './migrations/0010_one_person.ts';
import * as trainer from './migrations/0011_trainer.ts';
import * as ray from './migrations/0012_ray.ts';
import * as words from './migrations/0013_words.ts';
import * as conversationWords from './migrations/0014_conversation_words.ts';
import * as retraining from './migrations/0015_retraining.ts';
import * as jobOutputs from './migrations/0016_job_outputs.ts';
import * as modelFeedback from './migrations/0017_model_feedback.ts';
import * as experiments from './migrations/0019_experiments.ts';
import * as queryContext from './migrations/0020_query_context.ts';
import * as ramps from './migrations/0021_ramps.ts';
import * as alerts from './migrations/0022_alerts.ts';
import * as gates from './migrations/0023_gates.ts';
import * as rollups from './migrations/0024_rollups.ts';
import * as shadows from './migrations/0025_shadows.ts';
import * as reports from './migrations/0026_reports.ts';
import * as retrainingOutcomes from './migrations/0028_retraining_outcomes.ts';

/** What a migration may build on. */
export interface Abilities {
  /** The type `vector` exists. */
  readonly hasVector: boolean;
}

/** One step from the schema before to the schema after; runs inside a transaction, on a pooler's terms. */
export interface Migration {
  readonly name: string;
  up(sql: Kysely<unknown>, abilities: Abilities): Promise<void>;
}

/** Every migration, in the order in which they are applied. A released one is never changed, moved or removed. */
export const migrations: readonly Migration[] = [
  { name: '0001_first', up: first.up },
  { name: '0002_feedback_kinds', up: feedbackKinds.up },
  { name: '0003_conversations', up: conversations.up },
  { name: '0004_review', up: review.up },
  { name: '0005_judging', up: judging.up },
  { name: '0006_datasets', up: datasets.up },
  { name: '0007_demo', up: demo.up },
  { name: '0008_daily_activity', up: dailyActivity.up },
  { name: '0009_newest_answers', up: newestAnswers.up },
  { name: '0010_one_person', up: onePerson.up },
  { name: '0011_trainer', up: trainer.up },
  { name: '0012_ray', up: ray.up },
  { name: '0013_words', up: words.up },
  { name: '0014_conversation_words', up: conversationWords.up },
  { name: '0015_retraining', up: retraining.up },
  { name: '0016_job_outputs', up: jobOutputs.up },
  { name: '0017_model_feedback', up: modelFeedback.up },
  { name: '0019_experiments', up: experiments.up },
  { name: '0020_query_context', up: queryContext.up },
  { name: '0021_ramps', up: ramps.up },
  { name: '0022_alerts', up: alerts.up },
  { name: '0023_gates', up: gates.up },
  { name: '0024_rollups', up: rollups.up },
  { name: '0025_shadows', up: shadows.up },
  { name: '0026_reports', up: reports.up },
  { name: '0028_retraining_outcomes', up: retrainingOutcomes.up },
];
