import { hash } from 'node:crypto';
import type { RecordedAnswersInput } from '@attune/contracts';
import { queryKey } from '@attune/core';
import type { Kysely } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';
import { newId } from '../platform/ids.ts';
import type { FindRecordings } from './adapters/recorded.ts';
import { findRecorded, insertRecorded, type RecordedRow } from './recorded-store.ts';
import { storableText } from './storable-json.ts';

/** Stores answers to be replayed. An answer that is there already for the same question is not stored twice. */
export async function addRecordedAnswers(
  db: Kysely<Tables>,
  organization: string,
  items: readonly RecordedAnswersInput[],
): Promise<{ added: number; already_there: number }> {
  const rows = items.flatMap((item) => rowsOf(organization, item));
  const added = await insertRecorded(db, rows);
  return { added, already_there: rows.length - added };
}

/** Finds recorded answers by what the spellings of a question have in common. */
export function recordingsIn(db: Kysely<Tables>): FindRecordings {
  return (organization, query, limit) => findRecorded(db, organization, keyOf(query), limit);
}

function rowsOf(organization: string, { query, answers }: RecordedAnswersInput): RecordedRow[] {
  const key = keyOf(query);
  return answers.map(({ text, generation_method = 'recorded' }) => ({
    id: newId(),
    organization,
    query_key: key,
    query,
    text,
    generation_method,
    content_hash: hash('sha256', JSON.stringify([key, text])),
  }));
}

function keyOf(query: string): string {
  return storableText(queryKey(query));
}
