import type { jobMetrics, ResponseOf } from '@attune/contracts';
import { sql as raw } from 'kysely';
import type { Database } from '../platform/db/open.ts';
import type { JobKey } from './job-key.ts';

type Series = ResponseOf<typeof jobMetrics>['series'][number];

/**
 * Every measurement of a job as a series in the order of its steps. A step that was taken again after a resumption
 * counts as it was last. Of more than `points` steps evenly spread ones are given, the first and last among them.
 */
export async function metricSeries(sql: Database['sql'], job: JobKey, points: number): Promise<Series[]> {
  const { rows } = await raw<Series>`
    WITH measured AS (
      SELECT DISTINCT ON (name, step) name, step, value FROM (
        SELECT position, (event->>'step')::bigint AS step, pair.key AS name, pair.value::text::float8 AS value
        FROM job_events, jsonb_each(event->'values') AS pair
        WHERE organization = ${job.organization} AND job_id = ${job.id} AND event->>'type' = 'metrics'
        UNION ALL
        SELECT position, (event->>'step')::bigint, event->>'name', (event->>'value')::float8
        FROM job_events
        WHERE organization = ${job.organization} AND job_id = ${job.id} AND event->>'type' = 'metric'
      ) AS said ORDER BY name, step, position DESC
    ), placed AS (
      SELECT name, step, value,
        row_number() OVER (PARTITION BY name ORDER BY step) - 1 AS place,
        count(*) OVER (PARTITION BY name) AS steps
      FROM measured
    )
    SELECT name, array_agg(step ORDER BY step) AS steps, array_agg(value ORDER BY step) AS values
    FROM placed
    WHERE steps <= ${points} OR place = 0
      OR floor(place::float8 * (${points}::int - 1) / (steps - 1)) > floor((place - 1)::float8 * (${points}::int - 1) / (steps - 1))
    GROUP BY name ORDER BY name`.execute(sql);
  return rows.map(({ name, steps, values }) => ({ name, steps: steps.map(Number), values }));
}
