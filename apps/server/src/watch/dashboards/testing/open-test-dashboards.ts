import { randomUUID } from 'node:crypto';
import type { EndpointId, Endpoints, ResponseOf, SentBy } from '@attune/contracts';
import { sql } from 'kysely';
import type { Clock } from '../../../platform/clock.ts';
import type { DatabaseKind } from '../../../platform/db/test-database.ts';
import type { Caller } from '../../../platform/http/caller.ts';
import { formatUuidV7, isId } from '../../../platform/ids.ts';
import { silentLog } from '../../../platform/log.ts';
import { groundOf, newOrganizations } from '../../../testing/ground.ts';
import type { Sql } from '../../sql.ts';
import { openDashboards } from '../open-dashboards.ts';

type Sent<Id extends EndpointId> = Partial<SentBy<Endpoints[Id]>>;

/** What an answer in the log is like; the rest stands for itself. */
export interface LoggedFacts {
  readonly at: string;
  readonly status?: 'open' | 'delivered' | 'failed' | 'aborted';
  readonly reward?: number | null;
  readonly rewardModel?: string | null;
  readonly policy?: string;
  readonly query?: string;
  readonly response?: string;
  readonly milliseconds?: number;
  readonly tokens?: readonly number[];
  readonly session?: string;
  readonly importKey?: string;
}

/** What a person says of an answer. */
export interface SaidFacts {
  readonly at: string;
  readonly answer: string;
  readonly person?: string;
  readonly rating?: number;
  readonly reaction?: 'thumbs_up' | 'thumbs_down';
  readonly source?: 'user' | 'import' | 'model';
  readonly value?: object;
  readonly rewardModel?: string;
}

/** The dashboards of an organisation of its own, whose hours are summed when the test says so. */
export interface TestDashboards {
  readonly db: Sql;
  readonly organization: string;
  readonly other: string;
  answer(facts: LoggedFacts): Promise<string>;
  say(facts: SaidFacts): Promise<string>;
  sum(): Promise<void>;
  call<Id extends EndpointId>(
    id: Id,
    sent?: Sent<Id>,
    organization?: string,
  ): Promise<ResponseOf<Endpoints[typeof id]>>;
}

let made = 0;

/** Opens the dashboards on a database of a kind. */
export async function openTestDashboards(kind: DatabaseKind, now: string): Promise<TestDashboards> {
  const ground = await groundOf(kind);
  const [organization, other] = await newOrganizations(ground);
  const db = ground.database.sql;
  const clock: Clock = { now: () => new Date(now) };
  const room = openDashboards({ database: ground.database, clock, log: silentLog }, answersIn(db));
  return {
    ...{ db, organization, other },
    answer: (facts) => logAnswer(db, organization, facts),
    say: (facts) => say(db, organization, facts),
    sum: () => room.sumMarked(),
    call: async (id, sent = {}, from = organization) => {
      const route = room.routes.find(({ endpoint }) => endpoint.id === id);
      if (route === undefined) throw new Error(`the room has no route ${id}`);
      const response = await route.respond({
        caller: curatorOf(from),
        params: {},
        query: asText(sent.query),
        body: sent.body,
        requestId: 'test',
        log: silentLog,
        signal: new AbortController().signal,
      });
      // The handler's answer is typed by the endpoint; JSON forgets that.
      return (await response.json()) as ResponseOf<Endpoints[typeof id]>;
    },
  };
}

/** What serving would tell. */
function answersIn(db: Sql): Parameters<typeof openDashboards>[1] {
  return {
    find: async (organization, id) => {
      if (!isId(id)) return null;
      const { rows } = await sql<object>`
        SELECT 1 FROM conversation_logs WHERE organization = ${organization} AND response_id = ${id}`.execute(
        db,
      );
      return rows[0] ?? null;
    },
    newestOf: async (organization, session, upTo) => {
      const { rows } = await sql<{ id: string }>`
        SELECT response_id AS id FROM conversation_logs
        WHERE organization = ${organization} AND session_id = ${session} AND "timestamp" < ${upTo}
        ORDER BY response_id DESC LIMIT 1`.execute(db);
      return rows[0]?.id ?? null;
    },
  };
}

async function logAnswer(db: Sql, organization: string, facts: LoggedFacts): Promise<string> {
  const id = formatUuidV7(Date.parse(facts.at), 0, BigInt(++made));
  const candidates = (facts.tokens ?? []).map((tokens) => ({ tokens }));
  await sql`
    INSERT INTO conversation_logs (response_id, organization, session_id, "timestamp", query, context, selected_response,
      reward_score, all_candidates, policy, reward_model, selection, status, timings, import_key)
    VALUES (${id}, ${organization}, ${facts.session ?? null}, ${facts.at}, ${facts.query ?? 'What is it?'}, '[]',
      ${facts.response ?? 'An answer.'}, ${facts.reward ?? null}, ${JSON.stringify(candidates)}::jsonb,
      ${facts.policy ?? 'tiny'}, ${facts.rewardModel ?? null}, 'best', ${facts.status ?? 'delivered'},
      ${JSON.stringify({ total_ms: facts.milliseconds ?? 100 })}::jsonb, ${facts.importKey ?? null})`.execute(
    db,
  );
  return id;
}

async function say(db: Sql, organization: string, facts: SaidFacts): Promise<string> {
  const id = randomUUID();
  await sql`
    INSERT INTO rlhf_feedback (id, organization, response_id, person, query, response, rating_overall, reaction_type,
      feedback_value, source, reward_model, policy, created_at)
    VALUES (${id}, ${organization}, ${facts.answer}, ${facts.person ?? id}, 'What is it?', 'An answer.',
      ${facts.rating ?? null}, ${facts.reaction ?? null}, ${JSON.stringify(facts.value ?? {})}::jsonb,
      ${facts.source ?? 'user'}, ${facts.rewardModel ?? null}, 'tiny', ${facts.at})`.execute(db);
  return id;
}

function curatorOf(organization: string): Caller {
  const who = { principal: 'member:1', name: 'Cura Tor', email: 'curator@example.com' };
  return { kind: 'member', organization, role: 'curator', scopes: [], ...who };
}

function asText(fields: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(Object(fields)).map(([name, value]) => [name, String(value)]));
}
