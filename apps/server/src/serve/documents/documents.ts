import { hash } from 'node:crypto';
import type { DocumentInput, Source } from '@attune/contracts';
import type { Kysely } from 'kysely';
import type { Database } from '../../platform/db/open.ts';
import { storableText } from '../../platform/db/storable.ts';
import type { Tables } from '../../platform/db/tables.ts';
import { hasVector } from '../../platform/db/vector.ts';
import { newId } from '../../platform/ids.ts';
import type { TextEmbedder } from '../scoring/service.ts';
import { chunksOf } from './chunks.ts';
import { MemoryPassageIndex } from './memory-index.ts';
import type { FoundPassage } from './passage-index.ts';
import { PgvectorPassageIndex } from './pgvector-index.ts';
import {
  type ChunkRow,
  countChunks,
  type DocumentRow,
  deleteDocument,
  documentSources,
  documentsByHash,
  insertDocuments,
} from './store.ts';

/** Passages of one organisation that are compared in memory; with more, pgvector does it where it is present. */
const MEMORY_PASSAGES = 50_000;
const COUNT_KEPT_MS = 60_000;
const EMBEDDING_MS = 120_000;
const QUESTION_MS = 5_000;

/** The documents that retrieval draws from. */
export class Documents {
  readonly #database: Database;
  readonly #embedder: TextEmbedder;
  readonly #memory: MemoryPassageIndex;
  readonly #pgvector: PgvectorPassageIndex;
  readonly #large = new Map<string, { large: boolean; until: number }>();
  #embedderId: Promise<string> | undefined;

  constructor(database: Database, embedder: TextEmbedder) {
    this.#database = database;
    this.#embedder = embedder;
    this.#memory = new MemoryPassageIndex(database.sql, () => this.#id());
    this.#pgvector = new PgvectorPassageIndex(database.sql, () => this.#id());
  }

  /** Stores documents, each once: the same title and text are not added again. `ids` are in order. */
  async add(
    organization: string,
    inputs: readonly DocumentInput[],
  ): Promise<{ added: number; already_there: number; ids: string[] }> {
    const rows = inputs.map((input) => documentRow(organization, input));
    const known = await documentsByHash(this.#db, organization, rows.map(hashOf));
    const fresh = [
      ...new Map(
        rows.filter((row) => !known.has(row.content_hash)).map((row) => [row.content_hash, row]),
      ).values(),
    ];
    const chunks = await this.#chunks(organization, fresh);
    const added = fresh.length === 0 ? [] : await insertDocuments(this.#db, fresh, chunks);
    this.#memory.changed(organization);
    const there = await documentsByHash(this.#db, organization, rows.map(hashOf));
    const ids = rows.map((row) => there.get(row.content_hash) ?? row.id);
    return { added: added.length, already_there: rows.length - added.length, ids };
  }

  /** Removes a document; answers of this replica stop using it at once. Returns whether it was there. */
  async remove(organization: string, id: string): Promise<boolean> {
    const removed = await deleteDocument(this.#db, organization, id);
    this.#memory.changed(organization);
    return removed;
  }

  /** The passages nearest to a question, best first. @throws as `TextEmbedder.embed` */
  async find(organization: string, question: string, limit: number): Promise<FoundPassage[]> {
    const { vectors } = await this.#embedder.embed([question], {
      lane: 'interactive',
      timeoutMs: QUESTION_MS,
    });
    const [vector] = vectors;
    if (vector === undefined) return [];
    const index = (await this.#isLarge(organization)) ? this.#pgvector : this.#memory;
    return index.search(organization, vector, limit);
  }

  /** Title and address of documents, by id. */
  async sources(organization: string, ids: readonly string[]): Promise<Map<string, Source>> {
    const found = await documentSources(this.#db, organization, [...new Set(ids)]);
    return new Map(found.map((source) => [source.document_id, source]));
  }

  get #db(): Kysely<Tables> {
    return this.#database.sql;
  }

  async #chunks(organization: string, documents: readonly DocumentRow[]): Promise<ChunkRow[]> {
    const cut = documents.flatMap((document) =>
      chunksOf(document.text).map((text, position) => ({ document, text, position })),
    );
    // The title is part of what a passage is about, but not of what it answers.
    const texts = cut.map(({ document, text }) =>
      document.title === '' ? text : `${document.title}\n${text}`,
    );
    const { vectors, embedder } = await this.#embedder.embed(texts, {
      lane: 'bulk',
      timeoutMs: EMBEDDING_MS,
    });
    return cut.map(({ document, text, position }, index) => ({
      id: newId(),
      organization,
      document_id: document.id,
      position,
      text,
      embedder,
      embedding: [...(vectors[index] ?? [])],
    }));
  }

  /** Id of the embedder, which only the embedder knows. */
  #id(): Promise<string> {
    if (this.#embedderId === undefined) {
      const asked = this.#embedder.embed([''], { lane: 'interactive', timeoutMs: EMBEDDING_MS });
      this.#embedderId = asked.then(({ embedder }) => embedder);
      this.#embedderId.catch(() => {
        this.#embedderId = undefined;
      });
    }
    return this.#embedderId;
  }

  async #isLarge(organization: string): Promise<boolean> {
    const known = this.#large.get(organization);
    if (known !== undefined && known.until > Date.now()) return known.large;
    const count = await countChunks(this.#db, organization);
    const large = count > MEMORY_PASSAGES && (await hasVector(this.#db));
    this.#large.set(organization, { large, until: Date.now() + COUNT_KEPT_MS });
    return large;
  }
}

function hashOf({ content_hash }: DocumentRow): string {
  return content_hash;
}

function documentRow(
  organization: string,
  { title = '', text, url, metadata = {} }: DocumentInput,
): DocumentRow {
  return {
    id: newId(),
    organization,
    title: storableText(title),
    text: storableText(text),
    url: url ?? null,
    metadata,
    content_hash: hash('sha256', JSON.stringify([title, text])),
  };
}
