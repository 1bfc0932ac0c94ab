import { atLeast, type Role, roles } from '@attune/contracts';
import { sql } from 'kysely';
import type { Sql } from './review.ts';

interface ReviewingMember {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** Pending items assigned to them. */
  assigned: number;
}

/** Members who may review, by name. */
export async function reviewingMembers(db: Sql, organization: string): Promise<ReviewingMember[]> {
  const able = roles.filter((role) => atLeast(role, 'curator'));
  const { rows } = await sql<ReviewingMember>`
    SELECT m.id, m.name, m.email, m.role, (SELECT count(*)::int FROM rlhf_feedback f
      WHERE f.assigned_to = m.id AND f.status = 'pending') AS assigned
    FROM members m WHERE m.organization = ${organization} AND m.role = ANY(${able}::text[])
    ORDER BY lower(coalesce(nullif(m.name, ''), m.email)), m.id`.execute(db);
  return rows;
}
