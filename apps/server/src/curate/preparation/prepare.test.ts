import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queryKey } from '@attune/core';
import { corpusMissing, demoRatings } from '../testing/demo-feedback.ts';
import { testOnEachDatabase } from '../testing/each-database.ts';
import { openTestRoom } from '../testing/open-test-room.ts';
import { storeFeedback, usedCount } from '../testing/stored-feedback.ts';

const QUESTIONS = 60;
const skip = corpusMissing;

if (skip) test('preparation', { skip });
else {
  await testOnEachDatabase(
    'feedback becomes one frozen set, once',
    async ({ room, db, call, organization, other }) => {
      const ids = await storeFeedback(db, organization, demoRatings(QUESTIONS));
      await storeFeedback(db, other, demoRatings(20));

      const set = await call('prepareDataset', { body: { name: 'first' } });
      assert.equal(set.status, 'ready');
      assert.equal(set.curator_email, 'curator@example.com');
      assert.equal(set.report?.considered, ids.length);
      const dropped = set.report?.dropped.reduce((sum, { count }) => sum + count, 0);
      assert.equal((set.report?.kept ?? 0) + (dropped ?? 0), ids.length);
      assert.equal(set.sample_count, set.report?.kept);
      assert.ok((set.quality_score ?? 0) > 0.5 && (set.quality_score ?? 2) <= 1);
      assert.equal(await usedCount(db, organization), set.sample_count);
      assert.equal(await usedCount(db, other), 0);

      const frozen = await room.datasets.open(organization, 'first');
      assert.ok(frozen);
      assert.equal(frozen.contentHash, set.content_hash);
      assert.equal(frozen.ratings.length, set.sample_count);
      assert.equal(frozen.pairs.length, set.pair_count);
      assert.ok(frozen.pairs.length > 0);
      const pairs = await call('listPairs', { query: { dataset_id: set.id, limit: 200 } });
      assert.equal(pairs.items.length, Math.min(200, set.pair_count));

      await assert.rejects(call('prepareDataset', { body: {} }), { code: 'not_enough_data' });
      const again = await call('prepareDataset', { body: { include_used: true } });
      assert.equal(again.content_hash, set.content_hash, 'same input and seed, same bytes');
      const otherSeed = await call('prepareDataset', { body: { include_used: true, seed: 2 } });
      assert.notEqual(otherSeed.content_hash, set.content_hash);
      await assert.rejects(call('getDataset', { params: { id: set.id } }, other), {
        code: 'dataset_not_found',
      });
      assert.equal(await room.datasets.open(other, set.id), null);
    },
  );

  test('no query stands on both sides, and about one in eight is held out', async () => {
    const { room, db, call, organization } = await openTestRoom('pglite');
    await storeFeedback(db, organization, demoRatings(150));
    for (const split of ['stratified', 'temporal', 'by_user'] as const) {
      const { id, report } = await call('prepareDataset', { body: { split, include_used: true } });
      assert.equal(report?.leaking_queries, 0, split);
      const { ratings = [], pairs = [] } = (await room.datasets.open(organization, id)) ?? {};
      const sides = Map.groupBy([...ratings, ...pairs], (row) => queryKey(row.query));
      for (const rows of sides.values()) assert.equal(new Set(rows.map((row) => row.split)).size, 1);
      const held = ratings.filter((row) => row.split === 'validation').length / ratings.length;
      assert.ok(held > 0.08 && held < 0.16, `${split}: ${held}`);
      const { train, validation } = report?.splits ?? {};
      assert.equal((train?.rows ?? 0) + (validation?.rows ?? 0), ratings.length + pairs.length);
    }
  });

  test('too little data is said with numbers', async () => {
    const { db, call, organization } = await openTestRoom('pglite');
    await assert.rejects(call('prepareDataset', { body: {} }), /0 usable .* 50 are needed/);
    await storeFeedback(
      db,
      organization,
      demoRatings(30).filter(({ rating }) => rating >= 4),
    );
    await assert.rejects(call('prepareDataset', { body: {} }), /rated 4 or more and 0 less/);
    await assert.rejects(call('prepareDataset', { body: { dataset_type: 'dpo' } }), /1,000 are needed/);
    await assert.rejects(
      call('prepareDataset', { body: { dataset_type: 'dpo', minimum: 10, methods: ['comparison'] } }),
      /No preference pair/,
    );
    assert.equal(await usedCount(db, organization), 0);
  });

  test('rejected feedback stays out, approved can be asked for alone', async () => {
    const { db, call, organization } = await openTestRoom('pglite');
    const ratings = demoRatings(60);
    const statuses = ['pending', 'approved', 'rejected', 'flagged'] as const;
    await storeFeedback(
      db,
      organization,
      ratings.map((rating, index) => ({ ...rating, status: statuses[index % 4] ?? 'pending' })),
    );
    const set = await call('prepareDataset', { body: { statuses: ['approved'] } });
    assert.equal(set.report?.considered, 90);
    assert.equal((await call('prepareDataset', { body: {} })).report?.considered, 90);
  });

  await testOnEachDatabase('two at once never use the same feedback', async (first) => {
    const second = first.another();
    await storeFeedback(first.db, first.organization, demoRatings(QUESTIONS));
    const runs = await Promise.allSettled(
      [first, second, first].map(({ call }) => call('prepareDataset', { body: {} })),
    );
    const made = runs.flatMap((run) => (run.status === 'fulfilled' ? [run.value] : []));
    assert.equal(made.length, 1);
    for (const run of runs) if (run.status === 'rejected') assert.equal(run.reason.code, 'not_enough_data');
    const { items } = await first.call('listDatasets', { query: {} });
    assert.deepEqual(
      items.map(({ id }) => id),
      made.map(({ id }) => id),
    );
    assert.equal(await usedCount(first.db, first.organization), made[0]?.sample_count);
  });

  await testOnEachDatabase('a failure half-way leaves nothing behind', async (whole) => {
    await storeFeedback(whole.db, whole.organization, demoRatings(QUESTIONS));
    const pair = { query: 'q', chosen_response: 'a', rejected_response: 'b' };
    const { id } = await whole.call('createPair', { body: pair });
    const broken = whole.another({ markUsed: () => Promise.reject(new Error('power cut')) });
    await assert.rejects(broken.call('prepareDataset', { body: {} }), /power cut/);
    assert.deepEqual((await whole.call('listDatasets', { query: {} })).items, []);
    assert.deepEqual(
      (await whole.call('listPairs', { query: {} })).items.map((row) => [row.id, row.dataset_id]),
      [[id, null]],
    );
    assert.equal(await usedCount(whole.db, whole.organization), 0);
    const set = await whole.call('prepareDataset', { body: {} });
    assert.equal(set.report?.pairs_by_method.manual, 1);
  });

  test('a stopping room ends a preparation without a trace', async () => {
    const { room, db, call, organization } = await openTestRoom('pglite');
    await storeFeedback(db, organization, demoRatings(QUESTIONS));
    const running = call('prepareDataset', { body: {} });
    await room.stop();
    await assert.rejects(running, { code: 'overloaded' });
    assert.deepEqual((await call('listDatasets', { query: {} })).items, []);
    assert.equal(await usedCount(db, organization), 0);
  });
}
