import type { DashboardSegments } from '@attune/contracts';
import { segmentsSince } from '../rollups/rollup-store.ts';
import type { Sql } from '../sql.ts';

const DAYS_MS = 400 * 86_400_000;
/** Segments of a kind that are listed. */
const MOST = 50;

/** The segments that an organisation's answers had of late. */
export async function segments(db: Sql, organization: string, now: Date): Promise<DashboardSegments> {
  const since = new Date(now.getTime() - DAYS_MS);
  const [reward_model, policy, script] = await Promise.all([
    segmentsSince(db, organization, since, 'reward_model', MOST),
    segmentsSince(db, organization, since, 'policy', MOST),
    segmentsSince(db, organization, since, 'script', MOST),
  ]);
  return { reward_model, policy, script };
}
