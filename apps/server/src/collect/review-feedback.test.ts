import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { AttuneError } from '@attune/contracts';
import { openTestCollect } from './testing/open-test-collect.ts';

const notFound = (error: unknown) => error instanceof AttuneError && error.code === 'feedback_not_found';

describe('reviewing feedback', () => {
  test('changes what is named, says who, and tells that counters changed', async () => {
    const { call, answered, changed, application, organization } = await openTestCollect('pglite');
    const { id } = await call(
      'giveFeedback',
      { body: { response_id: answered(), rating: 4, tags: ['a'] } },
      application,
    );
    const approved = await call('updateFeedback', { params: { id }, body: { status: 'approved' } });
    assert.deepEqual([approved.status, approved.tags, approved.rating_overall], ['approved', ['a'], 4]);
    assert.equal(approved.curator_email, 'curator@example.com');
    const corrected = await call('updateFeedback', {
      params: { id },
      body: { rating_overall: 2, tags: ['b'] },
    });
    assert.deepEqual([corrected.status, corrected.tags, corrected.rating_overall], ['approved', ['b'], 2]);
    assert.deepEqual(changed, [
      [organization, ['reward@1.0.0']],
      [organization, ['reward@1.0.0']],
    ]);
  });

  test('of many at once names the ids that do not exist', async () => {
    const { call, answered, stranger } = await openTestCollect('pglite');
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) {
      ids.push((await call('giveFeedback', { body: { response_id: answered(), rating: 4 } })).id);
    }
    const theirs = await call(
      'giveFeedback',
      { body: { response_id: answered({}, stranger.organization), rating: 1 } },
      stranger,
    );
    const unknown = randomUUID();
    const body = { ids: [...ids, ids[0] ?? '', unknown, theirs.id], patch: { status: 'rejected' as const } };
    assert.deepEqual(await call('bulkUpdateFeedback', { body }), {
      updated: 3,
      unknown_ids: [unknown, theirs.id],
    });
    const { items } = await call('listFeedback', { query: { status: 'rejected' } });
    assert.equal(items.length, 3);
    const { items: untouched } = await call('listFeedback', {}, stranger);
    assert.equal(untouched[0]?.status, 'pending');
  });

  test('deletes with its history, once, and not for others', async () => {
    const { call, answered, database, stranger, organization } = await openTestCollect('pglite');
    const response_id = answered();
    await call('giveFeedback', { body: { response_id, rating: 4 } });
    const { id } = await call('giveFeedback', { body: { response_id, rating: 1 } });
    await assert.rejects(call('deleteFeedback', { params: { id } }, stranger), notFound);
    await assert.rejects(
      call('updateFeedback', { params: { id }, body: { status: 'flagged' } }, stranger),
      notFound,
    );
    assert.deepEqual(await call('deleteFeedback', { params: { id } }), { ok: true });
    await assert.rejects(call('deleteFeedback', { params: { id } }), notFound);
    assert.deepEqual(
      await database.sql
        .selectFrom('feedback_history')
        .selectAll()
        .where('organization', '=', organization)
        .execute(),
      [],
    );
  });
});
