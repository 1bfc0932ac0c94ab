import { AttuneError, endpoints } from '@attune/contracts';
import { cutContext } from '@attune/core';
import type { Kysely } from 'kysely';
import type { Config } from '../config.ts';
import type { Clock } from '../platform/clock.ts';
import type { Tables } from '../platform/db/tables.ts';
import { decodeCursor, toPage } from '../platform/http/page.ts';
import { type Route, route } from '../platform/http/route.ts';
import { isId } from '../platform/ids.ts';
import type { Admission } from './admission.ts';
import { answer } from './answer.ts';
import type { Answering } from './answering.ts';
import { ask } from './ask.ts';
import type { Documents } from './documents/documents.ts';
import { listDocuments } from './documents/store.ts';
import { type Ranking, type RankRequest, rankTexts, scoreTexts } from './rank.ts';
import { addRecordedAnswers, knownQuestions } from './recorded-answers.ts';
import { servedModels } from './served-models.ts';
import { findAnswer, listAnswers, toLoggedAnswer } from './store.ts';

/** What the routes reach. */
export interface RouteParts {
  readonly db: Kysely<Tables>;
  readonly config: Config;
  readonly clock: Clock;
  readonly admission: Admission;
  readonly answering: Answering;
  readonly ranking: Ranking;
  readonly documents: Documents;
}

/** The routes of this room. */
export function serveRoutes(parts: RouteParts): Route[] {
  return [
    ...answerRoutes(parts),
    ...rankRoutes(parts),
    ...loggedAnswerRoutes(parts),
    ...documentRoutes(parts),
    route(endpoints.addRecordedAnswers, ({ caller, body }) =>
      addRecordedAnswers(parts.db, caller.organization, body.items),
    ),
    route(endpoints.suggestQuestions, ({ caller, query }) =>
      knownQuestions(parts.db, caller.organization, query),
    ),
  ];
}

function answerRoutes({ config, clock, admission, answering }: RouteParts): Route[] {
  return [
    route(endpoints.chatCompletions, async ({ caller, body, requestId, signal, traceparent }) => {
      const question = ask(body, caller, config, clock.now(), traceparent);
      const done = admission.enter();
      return answer(question, answering, { requestId, client: signal, done });
    }),
    route(endpoints.listServedModels, ({ log }) => servedModels(answering.generators, log)),
  ];
}

function rankRoutes({ ranking }: RouteParts): Route[] {
  return [
    route(endpoints.rerank, async ({ caller, body }) => {
      const texts = (body.documents ?? body.candidates ?? []).map(textOf);
      const request = rankRequest(caller, body, texts);
      const { id, model, ranked } = await rankTexts(request, ranking);
      const results = ranked.slice(0, body.top_n).map(({ index, relevance }) => ({
        index,
        relevance_score: relevance,
        ...(body.return_documents ? { document: { text: texts[index] ?? '' } } : {}),
      }));
      return { id, model, results };
    }),
    route(endpoints.score, ({ caller, body }) =>
      scoreTexts(rankRequest(caller, body, body.responses), ranking),
    ),
  ];
}

function loggedAnswerRoutes({ db }: RouteParts): Route[] {
  return [
    route(endpoints.getAnswer, async ({ caller, params }) => {
      const row = await findAnswer(db, caller.organization, params.response_id);
      if (row === undefined) throw new AttuneError('response_not_found');
      return toLoggedAnswer(row);
    }),
    route(endpoints.listAnswers, async ({ caller, query }) => {
      const rows = await listAnswers(db, {
        organization: caller.organization,
        sessionId: query.session_id,
        userId: query.user_id,
        from: momentOf(query.after),
        to: momentOf(query.before),
        status: query.status,
        rewardModel: query.reward_model,
        policy: query.policy,
        before: idInCursor(query.cursor),
        limit: query.limit + 1,
      });
      return toPage(rows, query.limit, (row) => [row.response_id], toLoggedAnswer);
    }),
  ];
}

function documentRoutes({ db, documents }: RouteParts): Route[] {
  return [
    route(endpoints.addDocuments, ({ caller, body }) => documents.add(caller.organization, body.documents)),
    route(endpoints.listDocuments, async ({ caller, query }) => {
      const rows = await listDocuments(db, caller.organization, idInCursor(query.cursor), query.limit + 1);
      return toPage(
        rows,
        query.limit,
        (row) => [row.id],
        (row) => ({ ...row, created_at: row.created_at.toISOString() }),
      );
    }),
    route(endpoints.deleteDocument, async ({ caller, params }) => {
      if (!(await documents.remove(caller.organization, params.id)))
        throw new AttuneError('document_not_found');
      return { ok: true };
    }),
  ];
}

function rankRequest(
  { organization, principal }: { organization: string; principal: string },
  { model, query, context }: { model?: string | undefined; query: string; context?: string | undefined },
  texts: readonly string[],
): RankRequest {
  return { organization, principal, model, query, context: cutContext(context ?? ''), texts };
}

function textOf(document: string | { text: string }): string {
  return typeof document === 'string' ? document : document.text;
}

function momentOf(timestamp: string | undefined): Date | undefined {
  return timestamp === undefined ? undefined : new Date(timestamp);
}

function idInCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const [id] = decodeCursor(cursor, 1);
  if (id === undefined || !isId(id)) throw new AttuneError('invalid_cursor');
  return id;
}
