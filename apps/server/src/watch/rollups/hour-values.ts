import { type HistogramScale, histogramScales } from '@attune/core';
import { type RawBuilder, sql } from 'kysely';
import { formatUuidV7 } from '../../platform/ids.ts';

type Statement = RawBuilder<unknown>;

/** A span of time of an organisation. */
export interface Span {
  readonly organization: string;
  readonly from: Date;
  /** Not part of it. */
  readonly to: Date;
}

/**
 * Every value of a span of time as a row: when, reward_model, policy, script, metric, value, and its place on the
 * metric's scale with the number of places, null where it has none. Values may be null: they do not count.
 */
export function hourValues(span: Span): Statement {
  const parts = [
    ofAnswers(span),
    ofFeedback(span),
    ofOutcomes(span),
    ofVotes(span),
    ofReviews(span),
    ofRuns(span),
  ];
  return sql.join(parts, sql` UNION ALL `);
}

const none = sql`NULL::int, NULL::int`;
const byPeople = sql`source NOT IN ('import', 'model')`;
const positive = sql`(rating_overall >= 4 OR (rating_overall IS NULL AND reaction_type = 'thumbs_up'))`;
const negative = sql`(rating_overall <= 2 OR (rating_overall IS NULL AND reaction_type = 'thumbs_down'))`;

/**
 * The writing system of a question; most are plain Latin, which one look tells. The queries end in OFFSET 0, so that it
 * is asked once a row and not once a value of the row.
 */
function scriptOf(question: string): Statement {
  const text = sql`left(${sql.ref(question)}, 500)`;
  return sql`CASE WHEN ${text} ~ '^[ a-zA-Z,.?!-]*$'
    THEN CASE WHEN length(translate(${text}, ' ,.?!-', '')) >= 10 THEN 'latin' ELSE '' END
    ELSE question_script(${text}) END`;
}

/** The id of an answer says when it was made (RFC 9562, version 7), and ids are indexed by organisation. */
const madeAt = sql`to_timestamp(('x' || translate(left(response_id::text, 13), '-', ''))::bit(48)::bigint / 1000.0)`;

/** Imported histories and answers under way are left out. */
function ofAnswers({ organization, from, to }: Span): Statement {
  const { latency, reward } = histogramScales;
  return sql`
    SELECT at, reward_model, policy, script, metrics.* FROM (
      SELECT ${madeAt} AS at, coalesce(reward_model, '') AS reward_model, policy, ${scriptOf('query')} AS script,
        status = 'delivered' AS delivered, status = 'failed' AND degraded IS DISTINCT FROM 'declined' AS failed,
        status IN ('delivered', 'failed') AS asked, degraded IS NOT NULL AS degraded,
        greatest((timings->>'total_ms')::float8, 0) AS milliseconds, reward_score::float8 AS reward,
        ln(greatest(length(selected_response), 1))::float8 AS log_length,
        (SELECT sum((candidate->>'tokens')::float8) FROM jsonb_array_elements(all_candidates) AS candidate) AS tokens,
        EXISTS (SELECT FROM rlhf_feedback AS said WHERE said.organization = logged.organization
          AND said.response_id = logged.response_id AND ${byPeople}) AS reached
      FROM conversation_logs AS logged
      WHERE organization = ${organization} AND response_id >= ${firstIdAt(from)}::uuid
        AND response_id < ${firstIdAt(to)}::uuid AND status <> 'open' AND import_key IS NULL
      OFFSET 0
    ) AS answers, LATERAL (VALUES
      ('answers', CASE WHEN delivered THEN 1::float8 END, ${none}),
      ('coverage', CASE WHEN delivered THEN reached::int END, ${none}),
      ('errors', CASE WHEN asked THEN failed::int END, ${none}),
      ('degraded', CASE WHEN delivered THEN degraded::int END, ${none}),
      ('latency', CASE WHEN delivered THEN milliseconds END, ${placeOf(latency, sql`milliseconds`)}),
      ('tokens', CASE WHEN delivered THEN tokens END, ${none}),
      ('reward', CASE WHEN delivered THEN reward END, ${placeOf(reward, sql`reward`)}),
      ('log_length', CASE WHEN delivered AND reward IS NOT NULL THEN log_length END, ${none}),
      ('reward_by_log_length', CASE WHEN delivered THEN reward * log_length END, ${none})
    ) AS metrics (metric, value, place, places)`;
}

function ofFeedback({ organization, from, to }: Span): Statement {
  const { reward, rating } = histogramScales;
  return sql`
    SELECT at, reward_model, policy, script, metrics.* FROM (
      SELECT given.created_at AS at, coalesce(given.reward_model, '') AS reward_model,
        coalesce(given.policy, '') AS policy, ${scriptOf('given.query')} AS script, rating_overall::numeric::float8 AS rating,
        (rating_overall IS NOT NULL OR reaction_type IS NOT NULL) AS reaction,
        coalesce(${positive}, false) AS positive, coalesce(${negative}, false) AS negative,
        feedback_value ? 'correction' AS corrected, feedback_value @> '{"safety_issue": true}' AS unsafe,
        answer.reward_score::float8 AS reward
      FROM rlhf_feedback AS given
        LEFT JOIN conversation_logs AS answer
          ON answer.response_id = given.response_id AND answer.organization = given.organization
      WHERE given.organization = ${organization} AND given.created_at >= ${from} AND given.created_at < ${to}
        AND ${byPeople}
      OFFSET 0
    ) AS feedback, LATERAL (VALUES
      ('feedback', 1::float8, ${none}),
      ('satisfaction', CASE WHEN reaction THEN positive::int END, ${none}),
      ('rating', rating, ${placeOf(rating, sql`rating`)}),
      ('corrections', corrected::int, ${none}),
      ('safety_reports', unsafe::int, ${none}),
      ('reward_of_liked', CASE WHEN positive THEN reward END, ${placeOf(reward, sql`reward`)}),
      ('reward_of_disliked', CASE WHEN negative THEN reward END, ${placeOf(reward, sql`reward`)})
    ) AS metrics (metric, value, place, places)`;
}

/** Counted for what gave the answer that they are tied to. */
function ofOutcomes({ organization, from, to }: Span): Statement {
  return sql`
    SELECT occurred_at, coalesce(answer.reward_model, ''), coalesce(answer.policy, ''), ${scriptOf('answer.query')},
      kind, value, ${none}
    FROM outcomes LEFT JOIN conversation_logs AS answer
      ON answer.response_id = outcomes.response_id AND answer.organization = outcomes.organization
    WHERE outcomes.organization = ${organization} AND occurred_at >= ${from} AND occurred_at < ${to}`;
}

function ofVotes(span: Span): Statement {
  return sql`
    SELECT created_at, '', '', '', 'judgements', 1::float8, ${none} FROM pair_judgements WHERE ${within(span, 'created_at')}`;
}

function ofReviews(span: Span): Statement {
  return sql`
    SELECT created_at, '', '', '', 'reviews', 1::float8, ${none} FROM review_decisions
    WHERE ${within(span, 'created_at')} AND state IN ('running', 'done')`;
}

function ofRuns(span: Span): Statement {
  return sql`
    SELECT completed_at, '', '', '', metrics.* FROM fine_tuning_jobs, LATERAL (VALUES
      ('training_cost', actual_cost::float8, ${none}),
      ('training_hours', extract(epoch FROM completed_at - started_at)::float8 / 3600, ${none})
    ) AS metrics (metric, value, place, places)
    WHERE ${within(span, 'completed_at')}`;
}

function within({ organization, from, to }: Span, time: string): Statement {
  return sql`organization = ${organization} AND ${sql.ref(time)} >= ${from} AND ${sql.ref(time)} < ${to}`;
}

function firstIdAt(at: Date): string {
  return formatUuidV7(Math.max(0, at.getTime()), 0, 0n);
}

/** Bucket of a value, from 1, and how many there are; what lies beyond the scale goes into its last one. */
function placeOf({ least, most, buckets, logarithmic }: HistogramScale, value: Statement): Statement {
  const place = logarithmic
    ? sql`width_bucket(ln(greatest(${value}, ${least}::float8)), ln(${least}::float8), ln(${most}::float8), ${buckets}::int)`
    : // Rewards such as 0.58 are a little less in binary than the edge that they stand on.
      sql`width_bucket(${value} + 1e-9, ${least}::float8, ${most}::float8, ${buckets}::int)`;
  return sql`least(greatest(${place}, 1), ${buckets}::int), ${buckets}::int`;
}
