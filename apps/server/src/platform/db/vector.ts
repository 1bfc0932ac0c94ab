import { type Kysely, sql } from 'kysely';

/** Whether the database has the type `vector` (pgvector); without it, searches compare everything. */
export async function hasVector<Schema>(db: Kysely<Schema>): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM pg_extension WHERE extname = 'vector'`.execute(db);
  return rows.length > 0;
}

/**
 * Adds pgvector where the server offers it and lets this user do so. Call it inside a transaction: a refusal is
 * undone by itself and leaves the rest of the transaction alone.
 * @returns whether the database has it now
 */
export async function addVector<Schema>(db: Kysely<Schema>): Promise<boolean> {
  if (await hasVector(db)) return true;
  const offered = await sql`SELECT 1 FROM pg_available_extensions WHERE name = 'vector'`.execute(db);
  if (offered.rows.length === 0) return false;
  // In PL/pgSQL a handled exception is a savepoint rolled back.
  await sql`DO $$ BEGIN CREATE EXTENSION vector; EXCEPTION WHEN insufficient_privilege THEN NULL; END $$`.execute(
    db,
  );
  return hasVector(db);
}
