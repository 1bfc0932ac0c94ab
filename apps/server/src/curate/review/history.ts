import type { ReviewDecision } from '@attune/contracts';
import { decodeId, toPage } from '../../platform/http/page.ts';
import { listDecisions } from './decision-store.ts';
import { decisionViews } from './decision-view.ts';
import type { Reviewer, Sql } from './review.ts';

/** Decisions, newest first. @throws AttuneError `invalid_cursor` */
export async function history(
  db: Sql,
  reviewer: Reviewer,
  { by, cursor, limit }: { by: 'me' | 'all'; cursor?: string | undefined; limit: number },
): Promise<{ items: ReviewDecision[]; next_cursor: string | null }> {
  const before = cursor === undefined ? null : decodeId(cursor);
  const principal = by === 'me' ? reviewer.principal : null;
  const rows = await listDecisions(db, reviewer.organization, { principal, before, limit });
  const page = toPage(
    rows,
    limit,
    (row) => [row.id],
    (row) => row,
  );
  return { items: await decisionViews(db, reviewer, page.items), next_cursor: page.next_cursor };
}
