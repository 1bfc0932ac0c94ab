import { type RawBuilder, sql } from 'kysely';

/** A condition on `rlhf_feedback AS f`. */
export type Condition = RawBuilder<boolean>;

const and = sql<boolean>` AND `;

/** All conditions in one. */
export function every(conditions: readonly Condition[]): Condition {
  return sql<boolean>`${sql.join([...conditions], and)}`;
}
