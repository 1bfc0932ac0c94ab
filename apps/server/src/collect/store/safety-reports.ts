import { sql } from 'kysely';
import type { Sql } from './feedback-row.ts';

/** A feedback that says its answer is harmful. */
export interface SafetyReport {
  feedbackId: string;
  organization: string;
  rewardModel: string | null;
}

/** Reports on live answers since a time, in every organisation, oldest first. */
export async function safetyReports(db: Sql, since: Date): Promise<SafetyReport[]> {
  const { rows } = await sql<SafetyReport>`
    SELECT id AS "feedbackId", organization, reward_model AS "rewardModel" FROM rlhf_feedback
    WHERE feedback_value @> '{"safety_issue": true}' AND updated_at >= ${since} ORDER BY created_at, id`.execute(
    db,
  );
  return rows;
}
