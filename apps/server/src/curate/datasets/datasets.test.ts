import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testOnEachDatabase } from '../testing/each-database.ts';
import { openTestRoom } from '../testing/open-test-room.ts';
import { storeFeedback, usedCount } from '../testing/stored-feedback.ts';

const given = [
  { query: 'How long?', response: 'Ten days.', rating: 5 },
  { query: 'How long?', response: 'A while.', rating: 2, comment: 'vague' },
  { query: 'Why?', response: 'Because.', rating: 1 },
  { query: 'Why?', response: 'To protect others.', rating: 4, dimensions: { accuracy: 5 } },
];

await testOnEachDatabase(
  'a draft is filled, renamed, frozen, and then stays as it is',
  async ({ room, db, call, organization, other }) => {
    const ids = await storeFeedback(db, organization, given);
    const draft = await call('createDataset', { body: { name: 'mine', feedback_ids: ids.slice(0, 1) } });
    assert.equal(draft.status, 'draft');
    assert.equal(draft.content_hash, null);
    await assert.rejects(room.datasets.open(organization, 'mine'), { code: 'dataset_not_ready' });

    const params = { id: draft.id };
    const curating = await call('updateDataset', {
      params,
      body: { status: 'curating', name: 'ours', feedback_ids: ids },
    });
    assert.equal(curating.status, 'curating');
    assert.equal(curating.name, 'ours');
    assert.equal(await usedCount(db, organization), 0);

    const frozen = await call('updateDataset', { params, body: { status: 'ready' } });
    assert.equal(frozen.status, 'ready');
    assert.equal(frozen.sample_count, 4);
    assert.deepEqual(frozen.report?.rating_distribution, { '1': 1, '2': 1, '4': 1, '5': 1 });
    assert.equal(await usedCount(db, organization), 4);
    const opened = await room.datasets.open(organization, 'ours');
    assert.equal(opened?.contentHash, frozen.content_hash);
    assert.deepEqual(
      opened?.ratings.map((row) => [row.query, row.rating, row.comment, row.rating_dimensions]).sort(),
      given.map((row) => [row.query, row.rating, row.comment, row.dimensions]).sort(),
    );

    for (const body of [{ name: 'x' }, { feedback_ids: [] }, { status: 'ready' as const }]) {
      await assert.rejects(call('updateDataset', { params, body }), { code: 'dataset_frozen' });
    }
    await assert.rejects(call('updateDataset', { params, body: { name: 'x' } }, other), {
      code: 'dataset_not_found',
    });
    const archived = await call('archiveDataset', { params });
    assert.equal(archived.status, 'archived');
    assert.equal((await call('archiveDataset', { params })).status, 'archived');
    assert.equal((await room.datasets.open(organization, draft.id))?.contentHash, frozen.content_hash);
    await assert.rejects(call('getDataset', { params: { id: 'ours' } }), { code: 'dataset_not_found' });
  },
);

test('a name means its newest data set', async () => {
  const { call } = await openTestRoom('pglite');
  await call('createDataset', { body: { name: 'same' } });
  const second = await call('createDataset', { body: { name: 'same', description: 'newer' } });
  assert.deepEqual(await call('getDataset', { params: { id: 'same' } }), second);
  assert.deepEqual(await call('getDataset', { params: { id: second.id } }), second);
  for (const id of ['no-such', '\0', '01940000-0000-7000-8000-000000000000']) {
    await assert.rejects(call('getDataset', { params: { id } }), { code: 'dataset_not_found' });
  }
});

test('data sets are listed newest first, by status and type, in pages', async () => {
  const { call, other } = await openTestRoom('pglite');
  const made = [];
  for (const type of ['reward', 'dpo', 'reward'] as const) {
    made.unshift(await call('createDataset', { body: { name: type, dataset_type: type } }));
  }
  const first = await call('listDatasets', { query: { limit: 2 } });
  const second = await call('listDatasets', { query: { limit: 2, cursor: first.next_cursor ?? '' } });
  assert.deepEqual([...first.items, ...second.items], made);
  assert.deepEqual((await call('listDatasets', { query: { dataset_type: 'dpo' } })).items, [made[1]]);
  assert.deepEqual((await call('listDatasets', { query: { status: 'ready' } })).items, []);
  assert.deepEqual((await call('listDatasets', { query: {} }, other)).items, []);
});

test('what cannot become a data set is refused and stays a draft', async () => {
  const { db, call, organization, other } = await openTestRoom('pglite');
  const ids = await storeFeedback(db, organization, [{ query: 'q', response: 'a', comment: 'nice' }]);
  const draft = await call('createDataset', { body: { name: 'empty', feedback_ids: ids } });
  await assert.rejects(call('updateDataset', { params: { id: draft.id }, body: { status: 'ready' } }), {
    code: 'not_enough_data',
  });
  assert.equal((await call('getDataset', { params: { id: draft.id } })).status, 'draft');
  const unknown = { name: 'x', feedback_ids: ['01940000-0000-7000-8000-000000000000'] };
  await assert.rejects(call('createDataset', { body: unknown }), { code: 'feedback_not_found' });
  await assert.rejects(call('createDataset', { body: { name: 'x', feedback_ids: ids } }, other), {
    code: 'feedback_not_found',
  });
});

await testOnEachDatabase(
  'freezing the same draft twice at once freezes it once',
  async ({ db, call, organization }) => {
    const ids = await storeFeedback(db, organization, given);
    const { id } = await call('createDataset', { body: { name: 'once', feedback_ids: ids } });
    const freeze = () => call('updateDataset', { params: { id }, body: { status: 'ready' } });
    const runs = await Promise.allSettled([freeze(), freeze()]);
    assert.deepEqual(runs.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    for (const run of runs) if (run.status === 'rejected') assert.equal(run.reason.code, 'dataset_frozen');
  },
);

await testOnEachDatabase(
  'a name has versions, numbered in order whoever makes them',
  async ({ call, other }) => {
    const make = (name: string) => call('createDataset', { body: { name } });
    const made = await Promise.all([make('same'), make('same'), make('same')]);
    assert.deepEqual(made.map(({ version }) => version).sort(), [1, 2, 3]);
    const lone = await make('lone');
    assert.equal(lone.version, 1);
    const params = { id: lone.id };
    assert.equal((await call('updateDataset', { params, body: { name: 'same' } })).version, 4);
    const first = await call('listDatasetVersions', { params, query: { limit: 3 } });
    const rest = await call('listDatasetVersions', { params, query: { cursor: first.next_cursor ?? '' } });
    assert.equal(first.items.length + rest.items.length, 4);
    await assert.rejects(call('listDatasetVersions', { params, query: {} }, other), {
      code: 'dataset_not_found',
    });
    assert.deepEqual((await call('listDatasets', { query: { q: 'SAM' } })).items.length, 4);
    await call('archiveDataset', { params });
    assert.deepEqual(
      (await call('listDatasets', { query: { q: 'sam', archived: 'false' } })).items.length,
      3,
    );
    assert.equal((await call('unarchiveDataset', { params })).status, 'draft');
    assert.equal((await call('unarchiveDataset', { params })).status, 'draft');
  },
);

const queried = [
  { query: 'How long?', response: 'Ten days.', rating: 5, tags: ['billing'], status: 'approved' as const },
  { query: 'How long?', response: 'Ten days.', rating: 4, tags: ['billing'], status: 'approved' as const },
  { query: 'Why?', response: 'Because.', rating: 1, tags: ['billing'], status: 'approved' as const },
  { query: 'Why?', response: 'Because.', rating: 5, tags: ['billing'], status: 'approved' as const },
  { query: 'Who?', response: 'You.', rating: 2, tags: ['billing'], status: 'approved' as const },
  { query: 'Who?', response: 'Me.', rating: 1, tags: ['other'], status: 'pending' as const },
];

await testOnEachDatabase(
  'a query is previewed, made into a draft, and frozen with its pairs',
  async ({ db, call, organization, other }) => {
    await storeFeedback(db, organization, queried);
    const pair = { query: ' WHO?', chosen_response: 'You.', rejected_response: 'There.' };
    const { id } = await call('createPair', { body: pair });
    await call('createPair', { body: { ...pair, query: 'Where?' } });
    const query = { statuses: ['approved' as const], tags: ['billing'] };
    const preview = await call('previewDataset', { body: { query } });
    assert.deepEqual(
      [preview.feedback, preview.pairs, preview.other_pairs, preview.truncated, preview.refused],
      [5, 1, 1, false, null],
    );
    assert.equal(preview.sample_count, 5);
    assert.equal(preview.first[0]?.type, 'rating');
    assert.equal(preview.report?.good_share?.n, 5);

    const agreed = await call('previewDataset', {
      body: { query: { ...query, min_alpha: 0.6, pairs: null } },
    });
    assert.deepEqual([agreed.feedback, agreed.pairs], [2, 0]);
    assert.match(agreed.refused ?? '', /both are needed/);
    assert.equal((await call('previewDataset', { body: { query } }, other)).feedback, 0);

    const draft = await call('createDataset', { body: { name: 'billing', query } });
    assert.deepEqual([draft.sample_count, draft.pair_count, draft.query?.tags], [5, 1, ['billing']]);
    const params = { id: draft.id };
    const narrowed = await call('updateDataset', { params, body: { query: { ...query, max_rating: 4 } } });
    assert.equal(narrowed.sample_count, 3);
    const frozen = await call('updateDataset', { params, body: { query, status: 'ready' } });
    assert.deepEqual([frozen.sample_count, frozen.status], [5, 'ready']);
    assert.equal((await call('getPair', { params: { id } })).dataset_id, draft.id);
    assert.equal((await call('previewDataset', { body: { query } })).pairs, 0);
    const used = await call('previewDataset', { body: { query: { ...query, include_used: false } } });
    assert.equal(used.feedback, 0);
  },
);

await testOnEachDatabase(
  'a frozen data set has a card and differs from its earlier version',
  async ({ db, call, organization, other }) => {
    const ids = await storeFeedback(db, organization, given);
    const freeze = async (feedback_ids: string[]) => {
      const { id } = await call('createDataset', {
        body: { name: 'twice | *x*', description: '<b>d</b>', feedback_ids },
      });
      await assert.rejects(call('getDatasetCard', { params: { id } }), { code: 'dataset_not_ready' });
      return await call('updateDataset', { params: { id }, body: { status: 'ready' } });
    };
    const [first, second] = [await freeze(ids.slice(0, 3)), await freeze(ids)];
    const { card, markdown } = await call('getDatasetCard', { params: { id: second.id } });
    assert.deepEqual([card.version, card.samples, card.content_hash], [2, 4, second.content_hash]);
    assert.ok(card.limitations.some((note) => note.includes('validation side')));
    assert.match(markdown, /^# twice \\\| \\\*x\\\* v2/);
    assert.ok(!markdown.includes('<b>'));
    assert.match(markdown, /not enough data/);
    const theirs = await call('getDatasetCard', { params: { id: second.id }, query: { language: 'vi' } });
    assert.match(theirs.markdown, /## Hạn chế[\s\S]*Phía kiểm định/);

    const params = { id: second.id };
    const diff = await call('diffDatasets', { params, query: { against: first.id, limit: 1 } });
    assert.ok(diff.counts.added >= 1 && diff.counts.removed === 0);
    assert.equal(diff.items[0]?.change, 'added');
    const all = await call('diffDatasets', { params, query: { against: first.id } });
    const following = await call('diffDatasets', {
      params,
      query: { against: first.id, limit: 1, cursor: diff.next_cursor ?? '' },
    });
    assert.deepEqual(following.items, all.items.slice(1, 2));
    assert.deepEqual(
      (await call('diffDatasets', { params, query: { against: first.id, change: 'removed' } })).items,
      [],
    );
    await assert.rejects(call('diffDatasets', { params, query: { against: first.id } }, other), {
      code: 'dataset_not_found',
    });
    await assert.rejects(call('getDatasetCard', { params }, other), { code: 'dataset_not_found' });
  },
);

await testOnEachDatabase(
  'pairs follow the feedback of a query, unless all free ones are asked for',
  async ({ db, call, organization, other }) => {
    await storeFeedback(db, organization, [
      { query: 'Visa?', response: 'Ten days.', rating: 5, tags: ['visas'] },
      { query: 'visa', response: 'A while.', rating: 2, tags: ['visas'] },
      { query: 'Masks?', response: 'Yes.', rating: 5 },
      { query: 'Masks?', response: 'No.', rating: 1 },
    ]);
    assert.equal((await call('pairsFromFeedback', { body: { query: {} } })).created, 2);
    await call('createPair', {
      body: {
        query: 'School?',
        chosen_response: 'Open.',
        rejected_response: 'Shut.',
        preference_strength: 0.4,
      },
    });
    const preview = async (pairs: object | null, organization?: string) => {
      const found = await call(
        'previewDataset',
        { body: { query: { tags: ['visas'], pairs } } },
        organization,
      );
      return [found.pairs, found.other_pairs];
    };
    assert.deepEqual(await preview({}), [1, 2]);
    assert.deepEqual(await preview({ of: 'any' }), [3, 0]);
    assert.deepEqual(await preview({ of: 'any', min_strength: 0.5 }), [2, 0]);
    assert.deepEqual(await preview({ of: 'any', methods: ['manual'] }), [1, 0]);
    assert.deepEqual(await preview({ methods: ['manual'] }), [0, 1]);
    assert.deepEqual(await preview(null), [0, 0]);
    assert.deepEqual(await preview({ of: 'any' }, other), [0, 0]);
    const draft = await call('createDataset', { body: { name: 'visas', query: { tags: ['visas'] } } });
    assert.deepEqual([draft.pair_count, draft.query?.pairs?.of], [1, 'matching']);
  },
);
