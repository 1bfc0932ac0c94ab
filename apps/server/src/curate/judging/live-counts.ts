import type { JudgingCounts } from '@attune/contracts';
import { sql } from 'kysely';
import type { Db } from './judging.ts';

/** How judging stands; reads the open items of running projects and a day of votes, both by index. */
export async function judgingCounts(db: Db, organization: string, now: Date): Promise<JudgingCounts> {
  const midnight = new Date(Math.floor(now.getTime() / 86_400_000) * 86_400_000);
  const { rows } = await sql<JudgingCounts>`
    SELECT
      (SELECT count(*) FROM judging_projects WHERE organization = ${organization} AND status = 'running')
        AS running_projects,
      (SELECT count(*) FROM judging_items i JOIN judging_projects p ON p.id = i.project_id
        WHERE p.organization = ${organization} AND p.status = 'running'
          AND i.kind = 'item' AND i.votes < i.wanted AND i.adjudication IS NULL) AS open_items,
      (SELECT count(*) FROM pair_judgements
        WHERE organization = ${organization} AND created_at >= ${midnight} AND kind <> 'training') AS done_today`.execute(
    db,
  );
  return rows[0] ?? { running_projects: 0, open_items: 0, done_today: 0 };
}
