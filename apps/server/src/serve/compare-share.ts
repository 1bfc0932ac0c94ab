import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Tables } from '../platform/db/tables.ts';

/** Share of an organisation's answers that come with a rival to compare, 0–1. */
export type CompareShare = (organization: string) => Promise<number>;

const ORGANIZATIONS = 1000;
/** How long a changed setting may go unnoticed. */
const FRESH_MS = 5_000;

/** As the organisation set it, else as the server is configured. */
export function compareShareIn(db: Kysely<Tables>, configured: number): CompareShare {
  const known = new LRUCache<string, number>({ max: ORGANIZATIONS, ttl: FRESH_MS });
  return async (organization) => {
    const kept = known.get(organization);
    if (kept !== undefined) return kept;
    const row = await db
      .selectFrom('organizations')
      .select('compare_share')
      .where('id', '=', organization)
      .executeTakeFirst();
    const share = row?.compare_share ?? configured;
    known.set(organization, share);
    return share;
  };
}
