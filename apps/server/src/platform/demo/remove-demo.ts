import type { DemoRemoved } from '@attune/contracts';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../db/tables.ts';
import { filesOf } from './demo-files.ts';
import { DEMO_MARK, DEMO_METHOD, demoDatasets } from './demo-marks.ts';

type Sql = Transaction<Tables>;

/** When the demo was loaded: what has its names but came later is people's own. */
export interface Loaded {
  readonly from: Date;
  readonly to: Date;
}

async function count(db: Sql, statement: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows = 0n } = await statement.execute(db);
  return Number(numAffectedRows);
}

async function idsOf(db: Sql, statement: RawBuilder<{ id: string }>): Promise<string[]> {
  return (await statement.execute(db)).rows.map(({ id }) => id);
}

/**
 * Removes what the demo brought into an organisation, with everything trained on it, in one transaction. Returns the
 * hashes of its files too, for the caller to delete once that is done.
 */
export async function removeDemo(
  db: Sql,
  organization: string,
  loaded: Loaded,
): Promise<DemoRemoved & { files: string[] }> {
  const mine = sql`organization = ${organization}`;
  const like = `${DEMO_MARK}%`;
  const datasets = await idsOf(
    db,
    sql`SELECT id FROM training_datasets
      WHERE ${mine} AND name ~ ${demoDatasets.pattern}
        AND created_at BETWEEN ${loaded.from} AND ${loaded.to}`,
  );
  const feedback = await idsOf(
    db,
    sql`SELECT id FROM rlhf_feedback
      WHERE ${mine} AND (session_id LIKE ${like} OR user_id LIKE ${like} OR person LIKE ${`user:${like}`})`,
  );
  const files = await filesOf(db, organization, datasets);
  const models = await removeModels(db, organization, datasets);
  const pairs = await count(
    db,
    sql`DELETE FROM preference_pairs
      WHERE ${mine} AND (dataset_id = ANY(${datasets}::uuid[]) OR source_feedback_ids && ${feedback}::uuid[])`,
  );
  await sql`DELETE FROM dataset_exports WHERE ${mine} AND dataset_id = ANY(${datasets}::uuid[])`.execute(db);
  await sql`DELETE FROM training_datasets WHERE ${mine} AND id = ANY(${datasets}::uuid[])`.execute(db);
  await removeFeedback(db, organization, feedback);
  // Alerts on answers that no model scored: one that people's own feedback gives cause for fires again.
  await sql`DELETE FROM alerts
    WHERE ${mine} AND reward_model IS NULL AND feedback_id IS NULL
      AND created_at BETWEEN ${loaded.from} AND ${loaded.to}`.execute(db);
  const answers = await removeAnswers(db, organization, loaded);
  return { answers, feedback: feedback.length, pairs, datasets: datasets.length, models, files };
}

/** The models trained on the data sets, their jobs, measurements and traffic. */
async function removeModels(db: Sql, organization: string, datasets: readonly string[]): Promise<number> {
  const mine = sql`organization = ${organization}`;
  const { rows } = await sql<{ model_id: string }>`
    SELECT model_id FROM model_registry WHERE ${mine} AND dataset_id = ANY(${datasets}::uuid[])`.execute(db);
  const models = rows.map(({ model_id }) => model_id);
  await sql`DELETE FROM ramps WHERE ${mine} AND model_id = ANY(${models})`.execute(db);
  // A later model of the team's own has nothing of the demo's to go back to.
  await sql`UPDATE ramps SET previous_model_id = NULL
    WHERE ${mine} AND previous_model_id = ANY(${models})`.execute(db);
  await sql`DELETE FROM evaluations WHERE ${mine} AND model_id = ANY(${models})`.execute(db);
  await sql`DELETE FROM alerts WHERE ${mine} AND reward_model = ANY(${models})`.execute(db);
  await sql`DELETE FROM model_registry WHERE ${mine} AND model_id = ANY(${models})`.execute(db);
  const jobs = sql`SELECT id FROM fine_tuning_jobs WHERE ${mine} AND dataset_id = ANY(${datasets}::uuid[])`;
  await sql`DELETE FROM job_events WHERE ${mine} AND job_id IN (${jobs})`.execute(db);
  await sql`DELETE FROM fine_tuning_jobs WHERE ${mine} AND dataset_id = ANY(${datasets}::uuid[])`.execute(db);
  return models.length;
}

async function removeFeedback(db: Sql, organization: string, feedback: readonly string[]): Promise<void> {
  const mine = sql`organization = ${organization}`;
  await sql`DELETE FROM alerts WHERE ${mine} AND feedback_id = ANY(${feedback}::uuid[])`.execute(db);
  await sql`DELETE FROM feedback_history WHERE ${mine} AND feedback_id = ANY(${feedback}::uuid[])`.execute(
    db,
  );
  await sql`DELETE FROM rlhf_feedback WHERE ${mine} AND id = ANY(${feedback}::uuid[])`.execute(db);
  await sql`DELETE FROM version_counters WHERE ${mine} AND feedback = 0 AND ratings = 0`.execute(db);
}

/** The answers of the demo's sessions, taken out of the counters too, and what they were chosen from. */
async function removeAnswers(db: Sql, organization: string, loaded: Loaded): Promise<number> {
  const mine = sql`organization = ${organization}`;
  const like = `${DEMO_MARK}%`;
  await sql`
    DELETE FROM recorded_answers
    WHERE ${mine} AND generation_method = ${DEMO_METHOD} AND created_at BETWEEN ${loaded.from} AND ${loaded.to}
      AND query IN (SELECT query FROM conversation_logs WHERE ${mine} AND session_id LIKE ${like})`.execute(
    db,
  );
  await sql`
    UPDATE answer_counters AS c SET answers = greatest(0, c.answers - gone.n)
    FROM (SELECT coalesce(reward_model, '') AS reward_model, count(*) AS n FROM conversation_logs
      WHERE ${mine} AND session_id LIKE ${like} AND status = 'delivered' GROUP BY 1) AS gone
    WHERE c.organization = ${organization} AND c.reward_model = gone.reward_model`.execute(db);
  await sql`DELETE FROM answer_counters WHERE ${mine} AND answers = 0`.execute(db);
  await sql`DELETE FROM conversations WHERE ${mine} AND session_id LIKE ${like}`.execute(db);
  return count(db, sql`DELETE FROM conversation_logs WHERE ${mine} AND session_id LIKE ${like}`);
}
