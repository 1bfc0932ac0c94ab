import type { UnitSums } from '@attune/core';
import { sql } from 'kysely';
import { unitSums } from '../../platform/db/unit-sums.ts';
import type { Sql } from './feedback-row.ts';

/** Whose feedback a ramp compares: on answers of its model, and of the one before (null: of none). */
export interface RampKey {
  readonly organization: string;
  /** Reward models choose answers, policies write them. */
  readonly kind: 'reward' | 'policy';
  readonly treatment: string;
  readonly control: string | null;
  /** When each step began, the first one first. */
  readonly starts: readonly Date[];
}

/** What people said about one model's answers during one step. */
export interface RampFeedback {
  /** Index among the starts. */
  readonly step: number;
  readonly arm: 'treatment' | 'control';
  /** Stars; thumbs up among thumbs; positive ones (4 or 5 stars, thumbs up) among both. */
  readonly rating: UnitSums;
  readonly thumbs: UnitSums;
  readonly satisfaction: UnitSums;
  /** People who reported an answer as harmful. */
  readonly reporters: number;
}

/**
 * What people said while a ramp ran, by step and model. The independent unit is what the model was chosen by: the user,
 * else the session, else the answer. Rejected feedback does not count, nor what belongs to an experiment.
 */
export async function rampFeedback(db: Sql, key: RampKey): Promise<RampFeedback[]> {
  const { organization, kind, treatment, control } = key;
  const model = kind === 'policy' ? sql`assigned_policy` : sql`coalesce(reward_model, '')`;
  const starts = key.starts.map((start) => start.toISOString());
  const isThumb = sql`reaction_type IN ('thumbs_up', 'thumbs_down')`;
  const isUp = sql`reaction_type = 'thumbs_up'`;
  const isReaction = sql`(rating_overall IS NOT NULL OR ${isThumb})`;
  const isPositive = sql`(rating_overall >= 4 OR (rating_overall IS NULL AND ${isUp}))`;
  const { rows } = await sql<RampFeedback>`
    WITH people AS (
      SELECT width_bucket(created_at, ${starts}::timestamptz[]) - 1 AS step,
        CASE WHEN ${model} = ${treatment} THEN 'treatment' ELSE 'control' END AS arm,
        coalesce(user_id, session_id, response_id::text) AS unit,
        count(rating_overall) AS ratings, coalesce(sum(rating_overall::numeric), 0) AS stars,
        count(*) FILTER (WHERE ${isThumb}) AS thumbs, count(*) FILTER (WHERE ${isUp}) AS up,
        count(*) FILTER (WHERE ${isReaction}) AS reactions, count(*) FILTER (WHERE ${isPositive}) AS positive,
        bool_or(feedback_value @> '{"safety_issue": true}') AS reports
      FROM rlhf_feedback
      WHERE organization = ${organization}
        AND ${model} = ANY (${[treatment, control ?? '']}::text[])
        AND source IN ('user', 'expert') AND status <> 'rejected' AND created_at >= ${starts[0]}::timestamptz
        AND response_id IS NOT NULL AND experiment IS NULL
      GROUP BY 1, 2, 3
    )
    SELECT step, arm, count(*) FILTER (WHERE reports)::int AS reporters,
      ${unitSums({ count: sql`ratings`, total: sql`stars` })} AS rating,
      ${unitSums({ count: sql`thumbs`, total: sql`up` })} AS thumbs,
      ${unitSums({ count: sql`reactions`, total: sql`positive` })} AS satisfaction
    FROM people GROUP BY 1, 2`.execute(db);
  return rows;
}
