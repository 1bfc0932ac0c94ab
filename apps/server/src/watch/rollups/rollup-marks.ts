import type { Sql } from '../sql.ts';
import type { RollupHour } from './fold-hour.ts';

/** Hours that are to be summed again, the newest first. */
export function markedHours(db: Sql): Promise<RollupHour[]> {
  return db
    .selectFrom('rollup_marks')
    .select(['organization', 'hour'])
    .distinct()
    .orderBy('hour', 'desc')
    .orderBy('organization')
    .execute();
}

/** Whether any hour of a span of time is to be summed again. */
export async function isMarked(db: Sql, organization: string, from: Date, to: Date): Promise<boolean> {
  const marked = await db
    .selectFrom('rollup_marks')
    .select('position')
    .where('organization', '=', organization)
    .where('hour', '>=', from)
    .where('hour', '<', to)
    .limit(1)
    .executeTakeFirst();
  return marked !== undefined;
}
