import { type Kysely, sql, type Transaction } from 'kysely';
import type { Blobs } from '../blobs/blobs.ts';
import type { Tables } from '../db/tables.ts';

/** Hashes of the files of data sets and of what was trained on them: snapshots, exports, models, artifacts. */
export async function filesOf(
  db: Transaction<Tables>,
  organization: string,
  datasets: readonly string[],
): Promise<string[]> {
  const mine = sql`organization = ${organization}`;
  const ids = sql`ANY(${[...datasets]}::uuid[])`;
  const { rows } = await sql<{ hash: string }>`
    SELECT content_hash AS hash FROM training_datasets WHERE ${mine} AND id = ${ids} AND content_hash IS NOT NULL
    UNION SELECT sha256 FROM dataset_exports WHERE ${mine} AND dataset_id = ${ids}
    UNION SELECT artifact_sha256 FROM model_registry
      WHERE ${mine} AND dataset_id = ${ids} AND artifact_sha256 IS NOT NULL
    UNION SELECT card->>'training_queries_sha256' FROM model_registry
      WHERE ${mine} AND dataset_id = ${ids} AND card->>'training_queries_sha256' IS NOT NULL
    UNION SELECT sha256 FROM job_artifacts
      WHERE ${mine} AND job_id IN (SELECT id FROM fine_tuning_jobs WHERE ${mine} AND dataset_id = ${ids})`.execute(
    db,
  );
  return rows.map(({ hash }) => hash);
}

/** Deletes those of the files that nothing of any organisation names any more: equal files are kept once for all. */
export async function deleteUnused(
  db: Kysely<Tables>,
  blobs: Blobs,
  files: readonly string[],
): Promise<number> {
  const { rows } = await sql<{ hash: string }>`
    SELECT hash FROM unnest(${[...files]}::text[]) AS hash
    WHERE NOT EXISTS (SELECT 1 FROM training_datasets WHERE content_hash = hash)
      AND NOT EXISTS (SELECT 1 FROM dataset_exports WHERE sha256 = hash)
      AND NOT EXISTS (SELECT 1 FROM model_registry
        WHERE artifact_sha256 = hash OR card->>'training_queries_sha256' = hash)
      AND NOT EXISTS (SELECT 1 FROM job_artifacts WHERE sha256 = hash)`.execute(db);
  for (const { hash } of rows) await blobs.delete(hash);
  return rows.length;
}
