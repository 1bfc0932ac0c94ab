import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { databaseKinds, databaseMissing } from '../platform/db/test-database.ts';
import type { Caller } from '../platform/http/caller.ts';
import { failsWith } from './testing/fails-with.ts';
import { openTestCollect, type TestCollect } from './testing/open-test-collect.ts';

async function idsOf({ call }: TestCollect, query: object, caller: Caller): Promise<string[]> {
  return (await call('listMyFeedback', { query }, caller)).items.map(({ id }) => id);
}

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`one's own feedback on ${kind}`, { skip }, () => {
    test('is listed by answer, by session and in all, newest first, and nobody else sees it', async () => {
      const room = await openTestCollect(kind);
      const { call, answered, curator, stranger } = room;
      const colleague = { ...curator, principal: 'member:2' };
      const [one, two, elsewhere] = [answered(), answered(), answered({ sessionId: 'session-2' })];
      const give = async (response_id: string, caller = curator) =>
        (await call('giveFeedback', { body: { response_id, thumbs: 'up' } }, caller)).id;
      const first = await give(one);
      const theirs = await give(one, colleague);
      const second = await give(two);
      const third = await give(elsewhere);
      assert.deepEqual(await idsOf(room, { response_id: one }, curator), [first]);
      assert.deepEqual(await idsOf(room, { session_id: 'session-1' }, curator), [second, first]);
      assert.deepEqual(await idsOf(room, {}, curator), [third, second, first]);
      assert.deepEqual(await idsOf(room, {}, colleague), [theirs]);
      assert.deepEqual(await idsOf(room, { response_id: one }, stranger), []);
      const page = await call('listMyFeedback', { query: { limit: 2 } });
      const rest = await call('listMyFeedback', { query: { limit: 2, cursor: page.next_cursor ?? '' } });
      assert.deepEqual(
        [...page.items, ...rest.items].map(({ id }) => id),
        [third, second, first],
      );
      assert.equal(rest.next_cursor, null);
    });

    test('can be taken back, with its history; counters follow', async () => {
      const { call, answered, changed, room, organization, database } = await openTestCollect(kind);
      const response_id = answered();
      const { id } = await call('giveFeedback', { body: { response_id, rating: 1 } });
      await call('giveFeedback', { body: { response_id, rating: 2 } });
      await call('takeBackFeedback', { params: { id } });
      assert.deepEqual((await call('listMyFeedback', {})).items, []);
      assert.equal((await room.counters(organization))[0]?.ratings, 0);
      assert.deepEqual(changed, [[organization, ['reward@1.0.0']]]);
      const history = await database.sql
        .selectFrom('feedback_history')
        .select('id')
        .where('feedback_id', '=', id)
        .execute();
      assert.deepEqual(history, []);
      await assert.rejects(call('takeBackFeedback', { params: { id } }), failsWith('feedback_not_found'));
      const again = await call('giveFeedback', { body: { response_id, rating: 5 } });
      assert.notEqual(again.id, id);
    });

    test('is all that others cannot take back', async () => {
      const { call, answered, curator, application, stranger, tokenFor } = await openTestCollect(kind);
      const response_id = answered();
      const { id } = await call('giveFeedback', { body: { response_id, rating: 1 } });
      const others = [
        { ...curator, principal: 'member:2' },
        application,
        stranger,
        tokenFor(response_id),
        tokenFor(response_id, 'ann'),
        tokenFor(randomUUID()),
      ];
      for (const other of others) {
        await assert.rejects(
          call('takeBackFeedback', { params: { id } }, other),
          failsWith('feedback_not_found'),
          other.principal,
        );
      }
    });

    test('with a token is what was said with a token of the same answer, or by its member', async () => {
      const room = await openTestCollect(kind);
      const { call, answered, curator, tokenFor } = room;
      const [one, two] = [answered(), answered()];
      const give = async (response_id: string, caller: Caller) =>
        (await call('giveFeedback', { body: { response_id, thumbs: 'up' } }, caller)).id;
      const nameless = await give(one, tokenFor(one));
      const ann = await give(one, tokenFor(one, 'ann'));
      const annElsewhere = await give(two, tokenFor(two, 'ann'));
      assert.deepEqual(await idsOf(room, {}, tokenFor(one)), [nameless]);
      assert.deepEqual(await idsOf(room, {}, tokenFor(one, 'ann')), [ann]);
      assert.deepEqual(await idsOf(room, { session_id: 'session-1' }, tokenFor(two, 'ann')), [annElsewhere]);
      assert.deepEqual(await idsOf(room, { response_id: two }, tokenFor(one, 'ann')), []);
      const member = await give(two, curator);
      const withToken = await give(two, tokenFor(two, curator.principal));
      assert.equal(withToken, member);
      assert.deepEqual(await idsOf(room, {}, tokenFor(two, curator.principal)), [member]);
      await call('takeBackFeedback', { params: { id: ann } }, tokenFor(one, 'ann'));
      assert.deepEqual(await idsOf(room, {}, tokenFor(one, 'ann')), []);
    });

    test('with a key is what came with it, by user where one is named', async () => {
      const room = await openTestCollect(kind);
      const { call, answered, application, tokenFor } = room;
      const otherKey = { ...application, principal: 'key:10' };
      const response_id = answered();
      const give = async (user_id: string | undefined, caller = application) =>
        (
          await call(
            'giveFeedback',
            { body: { response_id, thumbs: 'up', ...(user_id !== undefined && { user_id }) } },
            caller,
          )
        ).id;
      const own = await give(undefined);
      const ann = await give('ann');
      const ben = await give('ben');
      assert.equal(
        await give(undefined, tokenFor(response_id, 'ann')),
        ann,
        'with a token she is the same person',
      );
      const nameless = await give(undefined, tokenFor(response_id));
      assert.deepEqual(await idsOf(room, { response_id }, application), [nameless, ben, ann, own]);
      assert.deepEqual(await idsOf(room, {}, application), [ben, ann, own]);
      assert.deepEqual(await idsOf(room, { user_id: 'ann' }, application), [ann]);
      assert.deepEqual(await idsOf(room, { user_id: 'nobody' }, application), []);
      assert.equal(await give('ann', otherKey), ann, 'and with another key');
      assert.deepEqual(await idsOf(room, {}, otherKey), []);
      const after = await call(
        'giveFeedback',
        { body: { response_id, thumbs: 'down', user_id: 'ann' } },
        otherKey,
      );
      assert.equal(after.id, ann);
      assert.deepEqual(await idsOf(room, {}, otherKey), [ann]);
      assert.deepEqual(await idsOf(room, {}, application), [ben, own]);
    });
  });
}
