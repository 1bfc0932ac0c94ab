import { type Kysely, sql } from 'kysely';

/**
 * Whoever an application names is one person, whichever key or feedback token they speak through: `key:<id>/<user>`
 * becomes `user:<user>`, and a column of its own remembers the key. Where one person had said something about the same
 * target in several ways, the newest row takes the name; the others stay as they are, so that nothing is lost.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE rlhf_feedback ADD COLUMN api_key text`.execute(db);
  await sql`UPDATE rlhf_feedback SET api_key = split_part(person, '/', 1)
    WHERE person LIKE 'key:%' AND source <> 'import'`.execute(db);
  await sql`
    UPDATE rlhf_feedback AS f SET person = newest.one
    FROM (
      SELECT DISTINCT ON (organization, coalesce(response_id, id), one, target) id, organization, response_id, one, target
      FROM (SELECT *, 'user:' || substr(person, strpos(person, '/') + 1) AS one FROM rlhf_feedback
        WHERE person LIKE 'key:%/%' AND source <> 'import') AS through_keys
      ORDER BY organization, coalesce(response_id, id), one, target, updated_at DESC, id DESC
    ) AS newest
    WHERE f.id = newest.id AND NOT EXISTS (
      SELECT FROM rlhf_feedback AS same
      WHERE same.organization = newest.organization AND same.response_id = newest.response_id
        AND same.person = newest.one AND same.target = newest.target
    )`.execute(db);
  await sql`CREATE INDEX rlhf_feedback_by_key ON rlhf_feedback (organization, api_key, id DESC)
    WHERE api_key IS NOT NULL AND source <> 'import'`.execute(db);
}
