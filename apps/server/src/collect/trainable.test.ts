import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { databaseKinds, databaseMissing } from '../platform/db/test-database.ts';
import { openTestCollect, type TestCollect } from './testing/open-test-collect.ts';

async function idsOf(
  { room, organization }: TestCollect,
  statuses: ('pending' | 'approved')[],
  includeUsed = false,
) {
  const pages = await Array.fromAsync(room.trainable.unused(organization, { statuses, includeUsed }));
  return pages.flat().map(({ id }) => id);
}

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`trainable feedback on ${kind}`, { skip }, () => {
    test('takes a curator’s correction before the person’s', async () => {
      const { call, answered, room, organization, database } = await openTestCollect(kind);
      const body = { response_id: answered(), correction: 'Five.' };
      const { id } = await call('giveFeedback', { body });
      await database.sql
        .updateTable('rlhf_feedback')
        .set({ review_correction: 'Exactly five.' })
        .where('id', '=', id)
        .execute();
      const [trainable] = await room.trainable.byIds(organization, [id]);
      assert.equal(trainable?.correction, 'Exactly five.');
    });

    test('carries everything that teaches', async () => {
      const collect = await openTestCollect(kind);
      const { call, answered, room, application, organization } = collect;
      const response_id = answered();
      const given = await call(
        'giveFeedback',
        {
          body: {
            response_id,
            rating: 2,
            rating_dimensions: { clarity: 1 },
            comment: 'no',
            correction: 'Five.',
            tags: ['tax'],
            user_id: 'ann',
          },
        },
        application,
      );
      assert.deepEqual(await room.trainable.byIds(organization, [given.id]), [
        {
          id: given.id,
          query: given.query,
          context: '',
          response: given.response,
          rating: 2,
          dimensions: { clarity: 1 },
          correction: 'Five.',
          comment: 'no',
          remark: null,
          person: 'user:ann',
          responseId: response_id,
          tags: ['tax'],
          source: 'user',
          createdAt: new Date(given.created_at),
        },
      ]);
      assert.deepEqual(await room.trainable.byIds(collect.stranger.organization, [given.id]), []);
    });

    test('counts thumbs as 5 and 1, and comments as no rating', async () => {
      const collect = await openTestCollect(kind);
      const { call, answered, room, organization } = collect;
      for (const body of [{ thumbs: 'up' as const }, { thumbs: 'down' as const }, { comment: 'hm' }]) {
        await call('giveFeedback', { body: { response_id: answered(), ...body } });
      }
      const pages = await Array.fromAsync(
        room.trainable.unused(organization, { statuses: [], includeUsed: false }),
      );
      assert.deepEqual(
        pages.flat().map(({ rating }) => rating),
        [5, 1, null],
      );
    });

    test('comes in pages that miss nothing, without what was used or rejected', async () => {
      const collect = await openTestCollect(kind);
      const { room, database, organization } = collect;
      await sql`
        INSERT INTO rlhf_feedback (organization, person, query, response, rating_overall, status)
        SELECT ${organization}, 'p' || g, 'q', 'a', 3, CASE WHEN g % 10 = 0 THEN 'rejected' WHEN g % 2 = 0 THEN 'approved' ELSE 'pending' END
        FROM generate_series(1, 5000) g`.execute(database.sql);
      const all = await idsOf(collect, ['pending', 'approved']);
      assert.equal(new Set(all).size, 4500);
      assert.equal((await idsOf(collect, ['approved'])).length, 2000);
      await room.trainable.markUsed(organization, all.slice(0, 4000));
      assert.deepEqual(await idsOf(collect, ['pending', 'approved']), all.slice(4000));
      assert.equal((await idsOf(collect, ['pending', 'approved'], true)).length, 4500);
    });

    test('marked within a transaction that fails is not marked', async () => {
      const collect = await openTestCollect(kind);
      const { call, answered, room, database, organization } = collect;
      const { id } = await call('giveFeedback', { body: { response_id: answered(), rating: 2 } });
      const failing = database.sql.transaction().execute(async (transaction) => {
        await room.trainable.markUsed(organization, [id], transaction);
        throw new Error('no data set after all');
      });
      await assert.rejects(failing, /no data set/);
      assert.deepEqual(await idsOf(collect, ['pending']), [id]);
    });

    test('is unused again when the person changes their mind', async () => {
      const collect = await openTestCollect(kind);
      const { call, answered, room, organization } = collect;
      const response_id = answered();
      const { id } = await call('giveFeedback', { body: { response_id, rating: 2 } });
      await room.trainable.markUsed(organization, [id]);
      assert.deepEqual(await idsOf(collect, ['pending']), []);
      await call('giveFeedback', { body: { response_id, rating: 5 } });
      assert.deepEqual(await idsOf(collect, ['pending']), [id]);
    });
  });
}
