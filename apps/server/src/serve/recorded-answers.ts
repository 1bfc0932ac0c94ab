import { hash } from 'node:crypto';
import type { RecordedAnswersInput } from '@attune/contracts';
import { queryKey } from '@attune/core';
import type { Kysely } from 'kysely';
import { storableText } from '../platform/db/storable.ts';
import type { Tables } from '../platform/db/tables.ts';
import { newId } from '../platform/ids.ts';
import type { FindRecordings } from './adapters/recorded.ts';
import { findRecorded, insertRecorded, type RecordedRow, recordedQuestions } from './recorded-store.ts';

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

/** Questions that can be asked because answers were recorded, the most alike to `like` first. */
export async function knownQuestions(
  db: Kysely<Tables>,
  organization: string,
  { like = '', limit }: { readonly like?: string | undefined; readonly limit: number },
): Promise<{ questions: string[] }> {
  return { questions: await recordedQuestions(db, organization, storableText(like), limit) };
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
