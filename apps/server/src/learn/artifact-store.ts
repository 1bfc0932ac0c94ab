import type { Database } from '../platform/db/open.ts';
import type { Tables } from '../platform/db/tables.ts';
import type { JobKey } from './job-key.ts';

type Sql = Database['sql'];
export type ArtifactRow = Tables['job_artifacts'];

/** What a run said that it made; said again under the same name, the newer counts. */
export async function putArtifacts(sql: Sql, rows: readonly ArtifactRow[]): Promise<void> {
  for (const row of rows) {
    const { path, kind, sha256, bytes } = row;
    await sql
      .insertInto('job_artifacts')
      .values(row)
      .onConflict((same) => same.columns(['job_id', 'name']).doUpdateSet({ path, kind, sha256, bytes }))
      .execute();
  }
}

export function artifactsOf(sql: Sql, { organization, id }: JobKey): Promise<ArtifactRow[]> {
  return sql
    .selectFrom('job_artifacts')
    .selectAll()
    .where('organization', '=', organization)
    .where('job_id', '=', id)
    .orderBy('name')
    .execute();
}
