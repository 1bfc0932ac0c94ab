import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { ChatResponse, endpoints } from '@attune/contracts';
import { sql } from 'kysely';
import { databaseKinds, databaseMissing } from '../../platform/db/test-database.ts';
import type { Caller } from '../../platform/http/caller.ts';
import { openTestRoom, refusal, someone, type TestRoom } from '../testing/test-room.ts';
import { says, startUpstream, type TestUpstream } from '../testing/test-upstream.ts';

const ann: Caller = { ...someone('default', 'rater'), kind: 'member', principal: 'member:ann' };
const ben: Caller = { ...ann, principal: 'member:ben' };
const key = someone('default', 'rater');

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`conversations on ${kind}`, { skip }, () => {
    let upstream: TestUpstream;
    let room: TestRoom;
    before(async () => {
      upstream = await startUpstream();
      room = await openTestRoom(kind, { ATTUNE_UPSTREAM_URL: upstream.url, ATTUNE_CANDIDATES: '1' });
    });
    after(async () => {
      await room.close();
      await upstream.close();
    });

    interface Turn {
      readonly session: string;
      readonly said?: readonly string[];
      readonly parent?: string | null;
      readonly caller?: Caller;
      readonly user?: string;
    }

    /** Asks in a session, after what was said before; gives the answer's id. */
    async function ask(query: string, { session, said = [], parent, caller = ann, user }: Turn) {
      upstream.script(says(`${query} Rest.`));
      const before = said.map((content, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content }));
      const body = {
        messages: [...before, { role: 'user', content: query }],
        attune: { session_id: session, ...(parent !== undefined && { parent_response_id: parent }) },
        ...(user !== undefined && { user }),
      };
      const answer = await room.call('chatCompletions', { body, caller });
      return ChatResponse.parse(await answer.json()).attune.response_id;
    }
    async function list(caller: Caller, query: Record<string, string> = {}) {
      const response = await room.call('listConversations', { query, caller });
      return endpoints.listConversations.response.parse(await response.json());
    }
    async function open(session_id: string, caller = ann, query: Record<string, string> = {}) {
      const response = await room.call('getConversation', { params: { session_id }, query, caller });
      return endpoints.getConversation.response.parse(await response.json());
    }
    const notFound = (work: Promise<unknown>) => refusal(work, 'conversation_not_found');

    test('are listed to whoever had them, the newest first, in pages', async () => {
      const me: Caller = { ...ann, principal: `member:${randomUUID()}` };
      const sessions = ['s-1', 's-2', 's-3'];
      for (const session of sessions) await ask(`Question in ${session}?`, { session, caller: me });
      await ask('One more?', { session: 's-1', said: ['a', 'b'], caller: me });
      await ask("Somebody else's?", { session: 's-1', caller: ben });
      const first = await list(me, { limit: '2' });
      assert.deepEqual(
        first.items.map(({ session_id, title, turns }) => [session_id, title, turns]),
        [
          ['s-1', 'Question in s-1?', 2],
          ['s-3', 'Question in s-3?', 1],
        ],
      );
      const rest = await list(me, { limit: '2', cursor: first.next_cursor ?? '' });
      assert.deepEqual(
        rest.items.map(({ session_id }) => session_id),
        ['s-2'],
      );
      assert.equal(rest.next_cursor, null);
      await refusal(list(me, { cursor: 'nonsense' }), 'invalid_cursor');
    });

    test('show questions and answers in order, with their branches', async () => {
      const session = randomUUID();
      const a = await ask('A?', { session });
      const b = await ask('B?', { session, said: ['A?', 'A? Rest.'] });
      const c = await ask('Retry?', { session, said: ['A?', 'A? Rest.'], parent: a });
      const d = await ask('Another first question?', { session, parent: null });
      const { items, next_cursor, title, turns } = await open(session);
      assert.deepEqual(
        items.map(({ response_id, parent_response_id }) => [response_id, parent_response_id]),
        [
          [a, null],
          [b, a],
          [c, a],
          [d, null],
        ],
      );
      assert.deepEqual([title, turns, next_cursor], ['A?', 4, null]);
      const [first] = items;
      assert.equal(first?.response, 'A? Rest.');
      assert.equal(first?.candidates_count, 1);
      assert.equal(first?.status, 'delivered');
      assert.equal(first?.feedback_token, `fbt_default_${a}`);
    });

    test('come in pages, the newest turns first', async () => {
      const session = randomUUID();
      const ids = [];
      for (const query of ['1?', '2?', '3?']) ids.push(await ask(query, { session, said: ['x', 'y'] }));
      const newest = await open(session, ann, { limit: '2' });
      assert.deepEqual(
        newest.items.map(({ response_id }) => response_id),
        ids.slice(1),
      );
      const older = await open(session, ann, { limit: '2', cursor: newest.next_cursor ?? '' });
      assert.deepEqual(
        older.items.map(({ response_id }) => response_id),
        ids.slice(0, 1),
      );
    });

    test('are found by words of title, question and answer, with and without marks', async () => {
      const me: Caller = { ...ann, principal: `member:${randomUUID()}` };
      await ask('What is 100% wool?', { session: 'wool', caller: me });
      await ask('Cotton?', { session: 'cotton', caller: me });
      const found = async (q: string) => (await list(me, { q })).items.map(({ session_id }) => session_id);
      assert.deepEqual(await found('WOOL'), ['wool']);
      assert.deepEqual(await found('cotton? rest'), ['cotton'], 'in the answer');
      assert.deepEqual(await found('100%'), ['wool']);
      assert.deepEqual(await found('cotton wool'), [], 'not in one turn');
      assert.deepEqual(await found('"is 100"'), ['wool']);
      assert.deepEqual(await found('cot'), ['cotton'], 'while it is being written');
      assert.deepEqual(await found('cotton -rest'), []);
      for (const none of ['%', '_', "'", '!', ':*', '-']) assert.deepEqual(await found(none), [], none);
      assert.deepEqual(await found('\\'), []);
      assert.deepEqual(await found('\0'), []);
      await room.call('renameConversation', {
        params: { session_id: 'cotton' },
        body: { title: 'Fabrics' },
        caller: me,
      });
      assert.deepEqual(await found('fabric'), ['cotton']);
      await ask('Đi du lịch Huế tháng mấy?', { session: 'hue', caller: me });
      await ask('Hue is a shade of colour', { session: 'shade', caller: me });
      for (const q of ['du lịch', 'DU LỊCH', 'du lich', 'đi', 'di', 'Huế'.normalize('NFD')]) {
        assert.deepEqual(await found(q), ['hue'], q);
      }
      assert.deepEqual(await found('hue'), ['shade', 'hue'], 'who types no marks finds both');
    });

    test('a search finds in pages what looking at everything finds, however often the words occur', async () => {
      const me: Caller = { ...ann, principal: `member:${randomUUID()}` };
      const other: Caller = { ...ann, principal: `member:${randomUUID()}` };
      const wordsOf = (n: number) =>
        [n % 2 === 0 && 'even', n % 3 === 0 && 'fizz', n === 5 && 'rare'].filter(Boolean).join(' ');
      await sql`INSERT INTO conversation_logs (response_id, organization, session_id, "timestamp", query, context,
          selected_response, policy, selection, status, asker)
        SELECT ('019aa2f0-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'default', 's' || n, now(),
          'Is ' || n || ' even? ' || (${JSON.stringify(Array.from({ length: 3000 }, (_, n) => wordsOf(n)))}::jsonb ->> n),
          '[]', 'common', 'm', 'best', 'delivered', ${me.principal} FROM generate_series(0, 2999) AS n`.execute(
        room.database.sql,
      );
      await sql`INSERT INTO conversations (organization, asker, session_id, turns, started_at, updated_at, last_response_id)
        SELECT organization, asker, session_id, 1, now(), now(), response_id FROM conversation_logs
        WHERE asker = ${me.principal}`.execute(room.database.sql);
      const all = async (q: string) => {
        const found: string[] = [];
        let cursor: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof list>> = await list(me, {
            q,
            limit: '200',
            ...(cursor !== null && { cursor }),
          });
          found.push(...page.items.map(({ session_id }) => session_id));
          cursor = page.next_cursor;
        } while (cursor !== null);
        return found;
      };
      const expected = (keep: (n: number) => boolean) =>
        Array.from({ length: 3000 }, (_, n) => n)
          .filter(keep)
          .map((n) => `s${n}`)
          .toReversed();
      assert.deepEqual(
        await all('common'),
        expected(() => true),
      );
      assert.deepEqual(
        await all('fizz'),
        expected((n) => n % 3 === 0),
      );
      assert.deepEqual(await all('fizz common rare'), []);
      assert.deepEqual(await all('rare'), ['s5']);
      await room.call('removeConversation', { params: { session_id: 's5' }, caller: me });
      assert.deepEqual(await all('rare'), []);
      assert.deepEqual((await list(other, { q: 'common' })).items, []);
    });

    test('can be named and removed; a question asked there later begins anew', async () => {
      const session = randomUUID();
      await ask('Secret?', { session });
      const params = { session_id: session };
      const renamed = await room.call('renameConversation', {
        params,
        body: { title: ' Mine ' },
        caller: ann,
      });
      assert.equal(endpoints.renameConversation.response.parse(await renamed.json()).title, 'Mine');
      await room.call('removeConversation', { params, caller: ann });
      await notFound(open(session));
      await notFound(room.call('removeConversation', { params, caller: ann }));
      await notFound(room.call('renameConversation', { params, body: { title: 'x' }, caller: ann }));
      assert.deepEqual((await list(ann, { q: 'Secret' })).items, []);
      const later = await ask('Later?', { session });
      const now = await open(session);
      assert.deepEqual(
        now.items.map(({ response_id }) => response_id),
        [later],
      );
      assert.deepEqual([now.title, now.turns], ['Later?', 1]);
      const log = await room.call('listAnswers', { query: { session_id: session } });
      const logged = endpoints.listAnswers.response.parse(await log.json());
      assert.equal(logged.items.length, 2, 'the log keeps what was removed');
    });

    test('belong to one person: not to others, not to other organisations, and keys have their own', async () => {
      const session = randomUUID();
      await ask('Mine?', { session });
      for (const other of [ben, key, someone('other'), { ...ann, organization: 'other' }]) {
        await notFound(open(session, other));
        const params = { session_id: session };
        await notFound(room.call('removeConversation', { params, caller: other }));
        await notFound(room.call('renameConversation', { params, body: { title: 'x' }, caller: other }));
      }
      await notFound(open(session, ben, { user_id: ann.principal }));
      await ask('For Cal?', { session, caller: key, user: 'cal' });
      assert.equal((await open(session, key, { user_id: 'cal' })).title, 'For Cal?');
      await notFound(open(session, key));
      await notFound(open(session, key, { user_id: 'dan' }));
      assert.equal((await open(session)).turns, 1);
    });

    test('nobody can ask in the name of a member', async () => {
      for (const caller of [key, ben]) {
        const work = ask('Forged?', { session: 'forged', caller, user: ann.principal });
        assert.equal((await refusal(work, 'invalid_request')).details.param, 'user');
      }
      await ask('Mine?', { session: 'own-name', user: ann.principal });
    });
  });
}
