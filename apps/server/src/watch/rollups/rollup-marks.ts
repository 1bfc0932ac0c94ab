import type { Sql } from '../sql.ts';
import type { Span } from './hour-values.ts';

const HOUR_MS = 3_600_000;

/** Runs of hours that follow each other on one UTC day and are to be summed again, the newest first. */
export async function markedHours(db: Sql): Promise<Span[]> {
  const marks = await db
    .selectFrom('rollup_marks')
    .select(['organization', 'hour'])
    .distinct()
    .orderBy('organization')
    .orderBy('hour')
    .execute();
  const runs: Span[] = [];
  for (const { organization, hour } of marks) {
    const last = runs.at(-1);
    const follows = last?.organization === organization && last.to.getTime() === hour.getTime();
    const to = new Date(hour.getTime() + HOUR_MS);
    if (last !== undefined && follows && hour.getUTCHours() > 0) runs[runs.length - 1] = { ...last, to };
    else runs.push({ organization, from: hour, to });
  }
  return runs.sort((one, other) => other.from.getTime() - one.from.getTime());
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
