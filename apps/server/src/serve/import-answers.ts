import type { Candidate, ChatMessage } from '@attune/contracts';
import type { Kysely } from 'kysely';
import type { Tables } from '../platform/db/tables.ts';
import { newId } from '../platform/ids.ts';
import { type ImportedRow, insertImported } from './store.ts';

/** A conversation that was held elsewhere. */
export interface ImportAnswer {
  readonly organization: string;
  readonly query: string;
  readonly context: readonly ChatMessage[];
  readonly response: string;
  readonly userId: string | null;
  readonly sessionId: string | null;
  /** Names the conversation: the same key is imported once. */
  readonly importKey: string;
}

export interface ImportedAnswer {
  readonly responseId: string;
  readonly alreadyThere: boolean;
}

/** Stores imported answers in the log, so that feedback can name them. In order; repeated keys get one answer. */
export async function importAnswers(
  db: Kysely<Tables>,
  answers: readonly ImportAnswer[],
  now: Date,
): Promise<ImportedAnswer[]> {
  if (answers.length === 0) return [];
  const rows = answers.map((answer) => rowOf(answer, now));
  const kept = await insertImported(db, rows);
  return rows.map((row) => {
    const responseId = kept.get(`${row.organization} ${row.import_key}`);
    if (responseId === undefined) throw new Error(`imported answer ${row.import_key} was not stored`);
    return { responseId, alreadyThere: responseId !== row.response_id };
  });
}

function rowOf(answer: ImportAnswer, now: Date): ImportedRow {
  return {
    response_id: newId(),
    organization: answer.organization,
    user_id: answer.userId,
    session_id: answer.sessionId,
    timestamp: now.toISOString(),
    query: answer.query,
    context: answer.context,
    selected_response: answer.response,
    all_candidates: [importedCandidate(answer.response)],
    import_key: answer.importKey,
  };
}

function importedCandidate(text: string): Candidate {
  return {
    id: 'c1',
    text,
    generation_method: 'import',
    reward_score: null,
    failed_checks: [],
    propensity: null,
    latency_ms: 0,
    tokens: null,
    finish_reason: null,
    merged: [],
  };
}
