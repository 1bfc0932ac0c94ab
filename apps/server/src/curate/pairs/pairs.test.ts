import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testOnEachDatabase } from '../testing/each-database.ts';
import { openTestRoom } from '../testing/open-test-room.ts';
import { storeFeedback, usedCount } from '../testing/stored-feedback.ts';

const pair = { query: 'How long?', chosen_response: 'Ten days.', rejected_response: 'A while.' };

await testOnEachDatabase(
  'pairs are written, listed in pages, changed and deleted',
  async ({ call, other }) => {
    const made = [];
    for (let n = 0; n < 5; n++) {
      made.unshift(
        await call('createPair', { body: { ...pair, query: `question ${n}`, preference_strength: 0.7 } }),
      );
    }
    assert.equal(made[0]?.annotator_email, 'curator@example.com');
    assert.equal(made[0]?.method, 'manual');

    const first = await call('listPairs', { query: { limit: 3 } });
    const second = await call('listPairs', { query: { limit: 3, cursor: first.next_cursor ?? '' } });
    assert.deepEqual([...first.items, ...second.items], made);
    assert.equal(second.next_cursor, null);
    await assert.rejects(call('listPairs', { query: { cursor: 'nonsense' } }), { code: 'invalid_cursor' });

    const params = { id: made[0]?.id ?? '' };
    const changed = await call('updatePair', {
      params,
      body: { chosen_response: 'Two.', preference_strength: 0.25 },
    });
    const { updated_at, ...rest } = changed;
    assert.deepEqual(
      { ...rest, updated_at: made[0]?.updated_at },
      { ...made[0], chosen_response: 'Two.', preference_strength: 0.25, version: 2 },
    );
    assert.ok(updated_at >= changed.created_at);
    await assert.rejects(call('updatePair', { params, body: { rejected_response: 'Two.' } }), {
      code: 'invalid_request',
    });
    assert.deepEqual(await call('updatePair', { params, body: {} }), changed);

    await assert.rejects(call('updatePair', { params, body: {} }, other), { code: 'pair_not_found' });
    await assert.rejects(call('deletePair', { params }, other), { code: 'pair_not_found' });
    assert.deepEqual((await call('listPairs', { query: {} }, other)).items, []);
    assert.deepEqual(await call('deletePair', { params }), { ok: true });
    await assert.rejects(call('deletePair', { params }), { code: 'pair_not_found' });
  },
);

test('pairs in a frozen data set stay as they are', async () => {
  const { db, call, organization } = await openTestRoom('pglite');
  const { id } = await call('createPair', { body: pair });
  const set = await call('prepareDataset', { body: { minimum: 1 } });
  assert.equal(set.pair_count, 1);
  assert.equal((await call('listPairs', { query: { dataset_id: set.id } })).items[0]?.id, id);
  await assert.rejects(call('updatePair', { params: { id }, body: { preference_strength: 0 } }), {
    code: 'dataset_frozen',
  });
  await assert.rejects(call('deletePair', { params: { id } }), { code: 'dataset_frozen' });
  assert.equal(await usedCount(db, organization), 0);
});

await testOnEachDatabase(
  'imported pairs: bad rows are named, known ones counted',
  async ({ call, other }) => {
    const rows = [
      { line: 2, data: { prompt: 'p', chosen: 'a', rejected: 'b' } },
      { line: 3, data: { prompt: 'p', chosen: 'a', rejected: 'b', strength: '0.5' } },
      { line: 4, data: { prompt: 'p', chosen: 'same', rejected: 'same' } },
      { line: 5, data: { prompt: 'p', chosen: 'a' } },
      { line: 6, data: { prompt: 'p', chosen: 'a\0', rejected: 'c', strength: '' } },
      { line: 7, data: { prompt: 'p', chosen: 'a', rejected: 'd', strength: 7 } },
    ];
    const first = await call('importPairs', { body: { rows } });
    assert.equal(first.imported, 2);
    assert.equal(first.already_there, 1);
    assert.deepEqual(
      first.errors.map(({ line, param }) => [line, param]),
      [
        [4, 'rejected'],
        [5, 'rejected'],
        [7, 'strength'],
      ],
    );
    const second = await call('importPairs', { body: { rows } });
    assert.deepEqual([second.imported, second.already_there], [0, 3]);
    const elsewhere = await call('importPairs', { body: { rows: rows.slice(0, 1) } }, other);
    assert.equal(elsewhere.imported, 1);
    assert.equal((await call('listPairs', { query: { method: 'import' } })).items.length, 2);
  },
);

test('pairs from chosen feedback, first as a dry run', async () => {
  const { db, call, organization, other } = await openTestRoom('pglite');
  const ids = await storeFeedback(db, organization, [
    { query: 'How long?', response: 'Ten days.', rating: 5 },
    { query: 'how long', response: 'A while.', rating: 2 },
    { query: 'How long?', response: 'Some time.', rating: null, correction: 'Exactly ten days.' },
    { query: 'Why?', response: 'Because.', rating: 3 },
  ]);
  const preview = await call('pairsFromFeedback', { body: { feedback_ids: ids, dry_run: true } });
  assert.deepEqual([preview.considered, preview.makes, preview.created], [4, 2, 0]);
  assert.deepEqual(
    preview.pairs.map((row) => [row.method, row.chosen_response, row.rejected_response]).sort(),
    [
      ['correction', 'Exactly ten days.', 'Some time.'],
      ['direct', 'Ten days.', 'A while.'],
    ],
  );
  assert.ok(preview.left_out.length > 0);
  assert.deepEqual((await call('listPairs', { query: {} })).items, []);

  const made = await call('pairsFromFeedback', { body: { feedback_ids: ids } });
  assert.equal(made.created, 2);
  assert.equal((await call('listPairs', { query: {} })).items.length, 2);
  const again = await call('pairsFromFeedback', { body: { feedback_ids: ids } });
  assert.equal(again.created, 0);
  assert.ok(again.left_out.some(({ reason, count }) => reason === 'already_there' && count === 2));
  await assert.rejects(call('pairsFromFeedback', { body: { feedback_ids: ids } }, other), {
    code: 'feedback_not_found',
  });
});

await testOnEachDatabase(
  'who changes what somebody else changed meanwhile is told',
  async ({ call, other }) => {
    const { id, version } = await call('createPair', {
      body: { ...pair, context_documents: [{ text: 'WHO says so.' }] },
    });
    const params = { id };
    const change = (chosen_response: string) =>
      call('updatePair', { params, body: { version, chosen_response } });
    const runs = await Promise.allSettled(['One.', 'Two.', 'Three.'].map(change));
    const won = runs.filter((run) => run.status === 'fulfilled').map(({ value }) => value);
    assert.equal(won.length, 1);
    for (const run of runs) {
      if (run.status === 'fulfilled') continue;
      assert.equal(run.reason.code, 'pair_changed');
      assert.deepEqual(run.reason.details.current, won[0]);
    }
    const text = await call('updatePair', {
      params,
      body: { version: 2, annotation_notes: 'clear', context_documents: [{ title: 'WHO', text: 'Ten.' }] },
    });
    assert.deepEqual(text.context_documents, [{ title: 'WHO', text: 'Ten.' }]);
    assert.equal(
      (await call('updatePair', { params, body: { annotation_notes: null } })).annotation_notes,
      null,
    );
    assert.equal((await call('getPair', { params })).version, 4);

    const first = await call('listPairRevisions', { params, query: { limit: 2 } });
    const rest = await call('listPairRevisions', { params, query: { cursor: first.next_cursor ?? '' } });
    const revisions = [...first.items, ...rest.items];
    assert.deepEqual(
      revisions.map((was) => [was.version, was.annotation_notes, was.replaced_by]),
      [
        [3, 'clear', 'curator@example.com'],
        [2, null, 'curator@example.com'],
        [1, null, 'curator@example.com'],
      ],
    );
    assert.equal(revisions.at(-1)?.chosen_response, pair.chosen_response);
    assert.deepEqual(revisions.at(-1)?.context_documents, [{ text: 'WHO says so.' }]);
    await assert.rejects(call('listPairRevisions', { params, query: {} }, other), { code: 'pair_not_found' });
    await assert.rejects(call('getPair', { params }, other), { code: 'pair_not_found' });
  },
);

await testOnEachDatabase(
  'pairs are found by words, strength, method, annotator and whether they are free',
  async ({ call }) => {
    const made: { id: string }[] = [];
    for (const [n, query] of [
      'Thời gian cách ly bao lâu?',
      'How long is the quarantine?',
      'Why masks?',
    ].entries()) {
      made.push(await call('createPair', { body: { ...pair, query, preference_strength: n / 2 } }));
    }
    const found = async (query: Record<string, string | number>) =>
      (await call('listPairs', { query })).items
        .map(({ id }) => made.findIndex((one) => one.id === id))
        .sort();
    assert.deepEqual(await found({ q: 'CÁCH ly' }), [0]);
    assert.deepEqual(await found({ q: '"ten days" -masks' }), [0, 1]);
    assert.deepEqual(await found({ q: "'; DROP \0" }), []);
    assert.deepEqual(await found({ min_strength: 0.5 }), [1, 2]);
    assert.deepEqual(await found({ max_strength: 0.4 }), [0]);
    assert.deepEqual(await found({ annotator: 'nobody@example.com' }), []);
    assert.deepEqual(await found({ method: 'manual', free: 'true' }), [0, 1, 2]);
    assert.deepEqual(await found({ free: 'false' }), []);
  },
);

await testOnEachDatabase('a pair is checked against those on the same question', async ({ call, other }) => {
  const { id } = await call('createPair', { body: pair });
  const swapped = {
    query: ' HOW  long?',
    chosen_response: pair.rejected_response,
    rejected_response: pair.chosen_response,
  };
  const kinds = async (body: typeof swapped & { pair_id?: string }, organization?: string) =>
    (await call('checkPair', { body }, organization)).findings.map(({ kind }) => kind);
  assert.deepEqual(await kinds(swapped), ['contradicts']);
  assert.deepEqual(await kinds(pair), ['duplicate']);
  assert.deepEqual(await kinds({ ...pair, pair_id: id }), []);
  assert.deepEqual(await kinds(pair, other), []);
  assert.deepEqual(await kinds({ ...pair, query: '' }), ['empty']);
});

await testOnEachDatabase('pairs from matching feedback', async ({ db, call, organization }) => {
  await storeFeedback(db, organization, [
    { query: 'How long?', response: 'Ten days.', rating: 5, tags: ['billing'], status: 'approved' },
    { query: 'How long?', response: 'A while.', rating: 2, tags: ['billing', 'x'], status: 'approved' },
    { query: 'How long?', response: 'Never.', rating: 1, status: 'approved' },
  ]);
  const body = { query: { tags: ['billing'], statuses: ['approved' as const] } };
  const made = await call('pairsFromFeedback', { body });
  assert.deepEqual([made.considered, made.makes, made.created], [2, 1, 1]);
  const dry = await call('pairsFromFeedback', { body: { ...body, dry_run: true } });
  assert.deepEqual([dry.makes, dry.created], [0, 0]);
  await assert.rejects(call('pairsFromFeedback', { body: {} }), { code: 'invalid_request' });
});

await testOnEachDatabase(
  'feedback makes no pair again that somebody wrote or that stands in a data set',
  async ({ db, call, organization, other }) => {
    const rated = [
      { query: 'How long?', response: 'Ten days.', rating: 5 },
      { query: 'How long?', response: 'A while.', rating: 2 },
      { query: 'Why?', response: 'Because.', rating: 1 },
      { query: 'Why?', response: 'To protect others.', rating: 4 },
    ];
    const ids = await storeFeedback(db, organization, rated);
    const frozen = await call('createDataset', { body: { name: 'd', feedback_ids: ids.slice(0, 2) } });
    await call('updateDataset', { params: { id: frozen.id }, body: { status: 'ready' } });
    const written = { chosen_response: 'To protect others.', rejected_response: 'Because.' };
    await call('createPair', { body: { ...written, query: ' why?' } });
    const dry = await call('pairsFromFeedback', { body: { feedback_ids: ids, dry_run: true } });
    const made = await call('pairsFromFeedback', { body: { feedback_ids: ids } });
    for (const { makes, created, left_out } of [dry, made]) {
      assert.deepEqual([makes, created], [0, 0]);
      assert.deepEqual(left_out.map(({ reason, count, examples }) => [reason, count, examples]).sort(), [
        ['already_there', 1, ['Why?']],
        ['in_a_dataset', 1, ['How long?']],
      ]);
    }
    const elsewhere = await storeFeedback(db, other, rated);
    assert.equal((await call('pairsFromFeedback', { body: { feedback_ids: elsewhere } }, other)).created, 2);
  },
);

await testOnEachDatabase(
  'a question is another one after other turns',
  async ({ db, call, organization }) => {
    const vaccines = 'user: How do vaccines work?\nassistant: They train the immune system.';
    const masks = 'user: Should I wear a mask?\nassistant: Yes, indoors.';
    const rated = (context: string, response: string, rating: number) => ({
      query: 'And for children?',
      context,
      response,
      rating,
      status: 'approved' as const,
    });
    const feedback_ids = await storeFeedback(db, organization, [
      rated(vaccines, 'Smaller doses.', 5),
      rated(vaccines, 'No idea.', 1),
      rated(masks, 'From six years on.', 2),
    ]);
    const body = { feedback_ids, methods: ['direct' as const] };
    const { pairs } = await call('pairsFromFeedback', { body });
    assert.deepEqual(
      pairs.map(({ query_context, chosen_response }) => [query_context, chosen_response]),
      [[vaccines, 'Smaller doses.']],
    );
    assert.equal((await call('pairsFromFeedback', { body })).created, 0);

    const texts = {
      query: 'And for children?',
      chosen_response: 'No idea.',
      rejected_response: 'Smaller doses.',
    };
    const kinds = async (query_context?: string) => {
      const { findings } = await call('checkPair', {
        body: { ...texts, ...(query_context && { query_context }) },
      });
      return findings.map(({ kind }) => kind);
    };
    assert.deepEqual(await kinds(vaccines), ['contradicts']);
    assert.deepEqual(await kinds(masks), []);
    assert.deepEqual(await kinds(), []);
    const written = await call('createPair', { body: { ...texts, query_context: masks } });
    assert.equal(written.query_context, masks);
    const params = { id: written.id };
    await call('updatePair', { params, body: { query_context: '' } });
    const { items } = await call('listPairRevisions', { params, query: {} });
    assert.equal(items[0]?.query_context, masks);

    // Those who ask for pairs of some feedback get none of another conversation.
    const query = { max_rating: 2, min_rating: 2, pairs: { of: 'matching' as const } };
    await call('updatePair', { params, body: { query_context: masks } });
    const { first } = await call('previewDataset', { body: { dataset_type: 'dpo', query } });
    assert.deepEqual(
      first.filter(({ type }) => type === 'pair').map(({ row }) => row.context),
      [masks],
    );
  },
);
