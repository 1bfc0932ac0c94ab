import { type Kysely, sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** Does the rows after an id, in the order of ids; gives the last one's id, or null when none was left. */
export type BackfillBatch = (transaction: Transaction<Tables>, after: string) => Promise<string | null>;

/**
 * One batch, in one transaction, of what a migration left to the server: going through a whole table, once. Replicas
 * take turns.
 * @returns whether there is more to do, here
 */
export function backfillSome(db: Kysely<Tables>, name: string, batch: BackfillBatch): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ done_to: string }>`
      SELECT done_to FROM backfills WHERE name = ${name} FOR UPDATE SKIP LOCKED`.execute(transaction);
    const [known] = rows;
    if (known === undefined) return false;
    const last = await batch(transaction, known.done_to);
    if (last === null) await transaction.deleteFrom('backfills').where('name', '=', name).execute();
    else await transaction.updateTable('backfills').set({ done_to: last }).where('name', '=', name).execute();
    return last !== null;
  });
}
