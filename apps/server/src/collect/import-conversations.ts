import { ConversationRow, type ImportResult } from '@attune/contracts';
import { earlierTurns } from '@attune/core';
import { z } from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { ImportAnswers } from './answers.ts';
import type { FeedbackObserver } from './feedback-observer.ts';
import { type GoodRow, type SentRow, sortRows } from './import-rows.ts';
import { importedFeedback } from './imported-feedback.ts';
import { type Exchange, lastExchange } from './last-exchange.ts';
import type { NewFeedbackRow, Sql } from './store/feedback-row.ts';
import { insertImported } from './store/import-feedback.ts';

export interface ImportConversationsNeeds {
  readonly sql: Sql;
  readonly observer: FeedbackObserver;
  readonly clock: Clock;
  readonly importAnswers: ImportAnswers;
}

/** A conversations file's row with the exchange that is imported from it. */
const Conversation = ConversationRow.transform(({ messages, ...rest }, context) => {
  const exchange = lastExchange(messages);
  if (typeof exchange !== 'string') return { ...rest, exchange };
  const params = { reason: 'no_exchange' };
  context.addIssue({ code: 'custom', path: ['messages'], message: exchange, params });
  return z.NEVER;
});
type Conversation = Omit<ConversationRow, 'messages'> & { exchange: Exchange };
type Imported = Awaited<ReturnType<ImportAnswers>>[number];

/**
 * Imports conversations as answers, and the rating of a row as feedback on its answer. Answers come first, so that a
 * crash in between leaves nothing that a second import would not complete.
 */
export async function importConversations(
  { sql, observer, clock, importAnswers }: ImportConversationsNeeds,
  organization: string,
  rows: readonly SentRow[],
): Promise<ImportResult> {
  const { good, repeated, errors } = sortRows(Conversation, rows);
  const answers =
    good.length === 0 ? [] : await importAnswers(good.map((row) => toAnswer(organization, row)));
  const now = clock.now();
  const ratings = good.flatMap((row, index) => toFeedback(organization, now, row, answers[index]));
  const rated = new Set((await insertImported(sql, ratings)).map(({ import_key }) => import_key));
  if (rated.size > 0) observer.changed(organization, [null]);
  const imported = good.filter(({ key }, index) => answers[index]?.alreadyThere === false || rated.has(key));
  return { imported: imported.length, already_there: repeated + good.length - imported.length, errors };
}

function toAnswer(organization: string, { row, key }: GoodRow<Conversation>) {
  const { user_id, session_id, exchange } = row;
  return {
    organization,
    ...exchange,
    userId: user_id ?? null,
    sessionId: session_id ?? null,
    importKey: key,
  };
}

function toFeedback(
  organization: string,
  createdAt: Date,
  { row, key }: GoodRow<Conversation>,
  answer: Imported | undefined,
): NewFeedbackRow[] {
  const { rating, exchange, user_id, session_id } = row;
  if (rating == null || answer === undefined) return [];
  const { query, response, context } = exchange;
  return [
    importedFeedback({
      organization,
      importKey: key,
      query,
      context: earlierTurns(context),
      response,
      rating,
      dimensions: {},
      comment: null,
      userId: user_id ?? null,
      createdAt,
      answer: { responseId: answer.responseId, sessionId: session_id ?? null, turns: context.length },
    }),
  ];
}
