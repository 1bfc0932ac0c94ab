import type { Source } from '@attune/contracts';
import { type Kysely, sql } from 'kysely';
import { storableJson } from '../../platform/db/storable.ts';
import type { Tables } from '../../platform/db/tables.ts';
import type { FoundPassage } from './passage-index.ts';

export interface DocumentRow {
  readonly id: string;
  readonly organization: string;
  readonly title: string;
  readonly text: string;
  readonly url: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly content_hash: string;
}

export interface ChunkRow {
  readonly id: string;
  readonly organization: string;
  readonly document_id: string;
  readonly position: number;
  readonly text: string;
  readonly embedder: string;
  readonly embedding: readonly number[];
}

/** Ids of documents that are there already, by their content hash. */
export async function documentsByHash(
  db: Kysely<Tables>,
  organization: string,
  hashes: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('documents')
    .select(['id', 'content_hash'])
    .where('organization', '=', organization)
    .where('content_hash', 'in', hashes)
    .execute();
  return new Map(rows.map(({ id, content_hash }) => [content_hash, id]));
}

/** Stores documents with their chunks, all or none. Returns the ids of those that nobody had stored in between. */
export function insertDocuments(
  db: Kysely<Tables>,
  documents: readonly DocumentRow[],
  chunks: readonly ChunkRow[],
): Promise<string[]> {
  return db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ id: string }>`
      INSERT INTO documents (id, organization, title, text, url, metadata, content_hash)
      SELECT id, organization, title, text, url, metadata, content_hash
      FROM jsonb_to_recordset(${storableJson(documents)}::jsonb) AS given (id uuid, organization text, title text,
        text text, url text, metadata jsonb, content_hash text)
      ON CONFLICT (organization, content_hash) DO NOTHING RETURNING id`.execute(transaction);
    const added = rows.map(({ id }) => id);
    const own = chunks.filter(({ document_id }) => added.includes(document_id));
    await sql`
      INSERT INTO document_chunks (id, organization, document_id, position, text, embedder, embedding)
      SELECT id, organization, document_id, position, text, embedder, embedding
      FROM jsonb_to_recordset(${storableJson(own)}::jsonb) AS given (id uuid, organization text, document_id uuid,
        position integer, text text, embedder text, embedding real[])`.execute(transaction);
    return added;
  });
}

export interface ListedDocument {
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  readonly chunks: number;
  readonly created_at: Date;
}

/** Documents of an organisation, newest first, from before a document on. */
export async function listDocuments(
  db: Kysely<Tables>,
  organization: string,
  before: string | undefined,
  limit: number,
): Promise<ListedDocument[]> {
  let query = db
    .selectFrom('documents as d')
    .select(['d.id', 'd.title', 'd.url', 'd.created_at'])
    .select(({ selectFrom }) =>
      selectFrom('document_chunks as c')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .whereRef('c.document_id', '=', 'd.id')
        .as('chunks'),
    )
    .where('d.organization', '=', organization);
  if (before !== undefined) query = query.where('d.id', '<', before);
  const rows = await query.orderBy('d.id', 'desc').limit(limit).execute();
  return rows.map((row) => ({ ...row, chunks: Number(row.chunks ?? 0) }));
}

/** Removes a document with its chunks. Returns whether it was there. */
export async function deleteDocument(db: Kysely<Tables>, organization: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('documents')
    .where('id', '=', id)
    .where('organization', '=', organization)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** A text that changes whenever a document is added or removed. */
export async function documentsStamp(db: Kysely<Tables>, organization: string): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    SELECT count(*) || ' ' || coalesce(max(id::text), '') AS stamp FROM documents
    WHERE organization = ${organization}`.execute(db);
  return rows[0]?.stamp ?? '';
}

export async function documentIds(db: Kysely<Tables>, organization: string): Promise<string[]> {
  const rows = await db
    .selectFrom('documents')
    .select('id')
    .where('organization', '=', organization)
    .execute();
  return rows.map(({ id }) => id);
}

/** Where passages come from: documents of an organisation by id; those that are gone are left out. */
export async function documentSources(
  db: Kysely<Tables>,
  organization: string,
  ids: readonly string[],
): Promise<Source[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('documents')
    .select(['id', 'title', 'url'])
    .where('organization', '=', organization)
    .where('id', 'in', ids)
    .execute();
  return rows.map(({ id, title, url }) => ({ document_id: id, title, url }));
}

export async function countChunks(db: Kysely<Tables>, organization: string): Promise<number> {
  const row = await db
    .selectFrom('document_chunks')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('organization', '=', organization)
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

/** A passage with its vector, as arrays are sent in binary: parsing the text form of a million floats takes seconds. */
export interface StoredChunk {
  readonly document_id: string;
  readonly text: string;
  readonly embedding: Buffer;
}

/** Chunks of documents, of one embedder. */
export async function chunksOfDocuments(
  db: Kysely<Tables>,
  organization: string,
  embedder: string,
  documents: readonly string[],
): Promise<StoredChunk[]> {
  const { rows } = await sql<StoredChunk>`
    SELECT document_id, text, array_send(embedding) AS embedding FROM document_chunks
    WHERE organization = ${organization} AND embedder = ${embedder}
      AND document_id = ANY (${documents}::uuid[])
    ORDER BY document_id, position`.execute(db);
  return rows;
}

/** The nearest chunks by cosine, computed by pgvector. */
export async function nearestChunks(
  db: Kysely<Tables>,
  organization: string,
  embedder: string,
  vector: readonly number[],
  limit: number,
): Promise<FoundPassage[]> {
  const given = `[${vector.join(',')}]`;
  const { rows } = await sql<FoundPassage>`
    SELECT document_id AS "documentId", text, 1 - (embedding::vector <=> ${given}::vector) AS similarity FROM document_chunks
    WHERE organization = ${organization} AND embedder = ${embedder}
    ORDER BY embedding::vector <=> ${given}::vector, id LIMIT ${limit}`.execute(db);
  return rows;
}
