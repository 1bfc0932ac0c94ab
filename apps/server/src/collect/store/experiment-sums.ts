import type { ArmName, UnitSums } from '@attune/core';
import { sql } from 'kysely';
import { unitSums } from '../../platform/db/unit-sums.ts';
import type { Sql } from './feedback-row.ts';

/** What an arm's users said: share of stars (4 or 5) and thumbs that are positive, stars, reports of harm. */
export interface FeedbackSums {
  readonly arm: ArmName;
  readonly satisfaction: UnitSums;
  readonly rating: UnitSums;
  readonly safety_reports: number;
  /** People who reported harm. */
  readonly reporters: number;
}

/** The satisfaction of a part of the questions. */
export interface SegmentSums {
  readonly arm: ArmName;
  readonly segment: 'script' | 'question_length';
  readonly part: string;
  readonly satisfaction: UnitSums;
}

export interface ExperimentKey {
  readonly organization: string;
  readonly experimentId: string;
  /** When it began: what users said before is their past. */
  readonly startedAt: Date;
}

const DAYS_OF_PAST = 90;

const isReaction = sql`(rating_overall IS NOT NULL OR reaction_type IN ('thumbs_up', 'thumbs_down'))`;
const isPositive = sql`(rating_overall >= 4 OR (rating_overall IS NULL AND reaction_type = 'thumbs_up'))`;

/** Feedback of an experiment that people gave and nobody rejected. */
const ofExperiment = ({ organization, experimentId }: ExperimentKey) => sql`
  organization = ${organization} AND experiment->>'id' = ${experimentId} AND experiment IS NOT NULL
  AND source IN ('user', 'expert') AND status <> 'rejected'`;

/**
 * What people said about the answers of an experiment, by arm, with what the same people said in the ninety days
 * before as covariate (for experiments by user; sessions have no past).
 */
export async function experimentFeedback(db: Sql, key: ExperimentKey): Promise<FeedbackSums[]> {
  const { rows } = await sql<FeedbackSums>`
    WITH said AS (
      SELECT experiment->>'arm' AS arm, experiment->>'unit' AS unit,
        count(*) FILTER (WHERE ${isReaction}) AS reactions,
        count(*) FILTER (WHERE ${isPositive}) AS positive,
        count(rating_overall) AS ratings, coalesce(sum(rating_overall::numeric), 0) AS stars,
        count(*) FILTER (WHERE feedback_value @> '{"safety_issue": true}') AS safety_reports
      FROM rlhf_feedback WHERE ${ofExperiment(key)} GROUP BY 1, 2
    ), past AS (
      SELECT user_id AS unit, avg(${isPositive}::int) FILTER (WHERE ${isReaction}) AS satisfaction,
        avg(rating_overall::numeric) AS rating
      FROM rlhf_feedback
      WHERE organization = ${key.organization} AND user_id IN (SELECT unit FROM said) AND source IN ('user', 'expert')
        AND created_at < ${key.startedAt} AND created_at >= ${key.startedAt}::timestamptz - make_interval(days => ${DAYS_OF_PAST})
      GROUP BY 1
    ), users AS (
      SELECT said.*, coalesce(past.satisfaction - avg(past.satisfaction) OVER (), 0)::float8 AS satisfaction_before,
        coalesce(past.rating - avg(past.rating) OVER (), 0)::float8 AS rating_before
      FROM said LEFT JOIN past USING (unit)
    )
    SELECT arm, sum(safety_reports)::int AS safety_reports,
      count(*) FILTER (WHERE safety_reports > 0)::int AS reporters,
      ${unitSums({ count: sql`reactions`, total: sql`positive`, covariate: sql`satisfaction_before` })} AS satisfaction,
      ${unitSums({ count: sql`ratings`, total: sql`stars`, covariate: sql`rating_before` })} AS rating
    FROM users GROUP BY arm`.execute(db);
  return rows;
}

/** Satisfaction by writing system and length of the question, by arm. */
export async function experimentSegments(db: Sql, key: ExperimentKey): Promise<SegmentSums[]> {
  const { rows } = await sql<SegmentSums>`
    WITH said AS (
      SELECT experiment->>'arm' AS arm, experiment->>'unit' AS unit, segment, experiment->>segment AS part,
        count(*) AS reactions, count(*) FILTER (WHERE ${isPositive}) AS positive
      FROM rlhf_feedback, unnest(ARRAY['script', 'question_length']) AS segment
      WHERE ${ofExperiment(key)} AND ${isReaction} GROUP BY 1, 2, 3, 4
    )
    SELECT arm, segment, part, ${unitSums({ count: sql`reactions`, total: sql`positive` })} AS satisfaction
    FROM said WHERE part IS NOT NULL GROUP BY 1, 2, 3`.execute(db);
  return rows;
}
