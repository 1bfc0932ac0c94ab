import { after, test } from 'node:test';
import {
  type EndpointId,
  type Endpoints,
  endpoints,
  type JudgingProject,
  type ResponseOf,
  type SentBy,
} from '@attune/contracts';
import { systemClock } from '../../../platform/clock.ts';
import {
  type DatabaseKind,
  databaseKinds,
  databaseMissing,
  openMigratedDatabase,
} from '../../../platform/db/test-database.ts';
import { createAudit } from '../../../platform/identity/audit.ts';
import { newId } from '../../../platform/ids.ts';
import { silentLog } from '../../../platform/log.ts';
import { storedTrainable } from '../../testing/stored-feedback.ts';
import type { Db } from '../judging.ts';
import { openJudging } from '../open-judging.ts';
import type { LoggedQuestion } from '../sources/logged-candidates.ts';

interface Sent<Id extends EndpointId> {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string | number>;
  readonly body?: SentBy<Endpoints[Id]>['body'];
}

/** Calls endpoints as one person. @throws AttuneError as the handler does */
export type Call = <Id extends EndpointId>(id: Id, sent: Sent<Id>) => Promise<ResponseOf<Endpoints[Id]>>;

/** Blind judging for an organisation of its own, called as the HTTP server would. */
export interface TestJudging {
  readonly db: Db;
  readonly organization: string;
  /** Ids of ten members who can judge. */
  readonly members: readonly string[];
  /** As a curator who is no judge. */
  readonly curator: Call;
  /** As one of the members. */
  judge(member: number): Call;
  /** As a curator of another organisation. */
  readonly stranger: Call;
  /** Answers that serving has logged. */
  readonly logged: LoggedQuestion[];
  /** Organisations of which the live feed was told. */
  readonly changed: string[];
  /** Moves the clock on. */
  passTime(milliseconds: number): void;
}

const opened = new Map<DatabaseKind, ReturnType<typeof openMigratedDatabase>>();
after(async () => {
  for (const database of opened.values()) await (await database).remove();
});

async function openMigrated(kind: DatabaseKind) {
  const database = await openMigratedDatabase(kind);
  return database;
}

const JUDGES = 10;

/** Opens judging for a new organisation on a database of a kind, which all tests of a file share. */
export async function openTestJudging(kind: DatabaseKind): Promise<TestJudging> {
  const opening = opened.get(kind) ?? openMigrated(kind);
  opened.set(kind, opening);
  const { database } = await opening;
  const db = database.sql;
  const organization = newId();
  const other = newId();
  for (const id of [organization, other]) {
    await db.insertInto('organizations').values({ id, name: id }).execute();
  }
  const members = Array.from({ length: JUDGES }, () => newId());
  await db
    .insertInto('members')
    .values(
      members.map((id, n) => ({
        id,
        organization,
        email: `judge${n}@example.com`,
        name: `Judge ${n}`,
        role: 'rater',
      })),
    )
    .execute();
  let ahead = 0;
  const clock = { now: () => new Date(systemClock.now().getTime() + ahead) };
  const logged: LoggedQuestion[] = [];
  const changed: string[] = [];
  const { routes } = openJudging(
    { database, clock, audit: createAudit(database, clock) },
    {
      trainable: storedTrainable(db),
      candidates: { recent: async (_, { limit }) => logged.slice(0, limit) },
      changed: (one) => changed.push(one),
    },
  );
  const caller =
    (of: string, principal: string): Call =>
    async (id, sent) => {
      const route = routes.find(({ endpoint }) => endpoint.id === id);
      if (route === undefined) throw new Error(`judging has no route ${id}`);
      const response = await route.respond({
        caller: {
          kind: 'member',
          organization: of,
          role: 'curator',
          scopes: [],
          principal,
          name: principal,
          email: null,
        },
        params: sent.params ?? {},
        query: Object.fromEntries(
          Object.entries(sent.query ?? {}).map(([key, value]) => [key, String(value)]),
        ),
        body: sent.body,
        requestId: 'test',
        log: silentLog,
        signal: new AbortController().signal,
      });
      const answer = JSON.parse(await response.text());
      endpoints[id].response.parse(answer);
      return answer;
    };
  return {
    db,
    organization,
    members,
    curator: caller(organization, 'member:curator'),
    judge: (member) => caller(organization, `member:${members[member]}`),
    stranger: caller(other, 'member:stranger'),
    logged,
    changed,
    passTime: (milliseconds) => {
      ahead += milliseconds;
    },
  };
}

// Known before the first test is declared: the runner closes the databases when no test is left that it knows of.
const missing = new Map<DatabaseKind, string | false>();
for (const kind of databaseKinds) missing.set(kind, await databaseMissing(kind));

/** One test on each kind of database; where one isn't there, the skip says why. */
export function testOnEachDatabase(name: string, check: (judging: TestJudging) => Promise<void>): void {
  for (const kind of databaseKinds) {
    test(`${name} (${kind})`, { skip: missing.get(kind) ?? false }, async () =>
      check(await openTestJudging(kind)),
    );
  }
}

/** The question of most tests. */
export const better = { id: 'better', kind: 'pairwise', title: 'Which is better?' } as const;

/** Uploaded rows of two responses each, the first of which is good. */
export function pairRows(count: number, from = 0) {
  return Array.from({ length: count }, (_, n) => ({
    line: n + 1,
    data: {
      query: `Question ${from + n}?`,
      responses: [
        { text: `A good answer to ${from + n}.`, model: 'model-good', score: 0.9 },
        { text: `A bad one: ${from + n}.`, model: 'model-bad', score: 0.1 },
      ],
    },
  }));
}

/** Settings of a project, but for its judges, of whom only the number is said. */
type Settings = Partial<Omit<SentBy<Endpoints['createJudgingProject']>['body'], 'judges'>> & {
  readonly items?: number;
  readonly judges?: number;
  /** Instead of `items` made-up ones. */
  readonly rows?: ReturnType<typeof pairRows>;
};

/** A running project with items, judged by the first `judges` members. */
export async function runningProject(
  { curator, members }: TestJudging,
  { items = 5, judges = 3, rows = pairRows(items), ...settings }: Settings = {},
): Promise<JudgingProject> {
  const { id } = await curator('createJudgingProject', {
    body: { name: 'Project', questions: [better], judges: members.slice(0, judges), ...settings },
  });
  await curator('addJudgingItems', { params: { id }, body: { from: 'rows', rows } });
  return curator('updateJudgingProject', { params: { id }, body: { status: 'running' } });
}
