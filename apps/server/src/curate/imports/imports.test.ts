import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testOnEachDatabase } from '../testing/each-database.ts';
import { openTestRoom } from '../testing/open-test-room.ts';

const task = (id: number, rating: number | null) => ({
  id,
  data: { question: `Case ${id}?`, answer: 'Ten days.' },
  annotations:
    rating === null
      ? []
      : [
          {
            completed_by: 7,
            result: [{ from_name: 'stars', to_name: 'answer', type: 'rating', value: { rating } }],
          },
        ],
});

await testOnEachDatabase(
  'a dry run proposes, the import does what it said',
  async ({ call, db, organization, other }) => {
    const rows = [5, 1, null, 3].map((rating, n) => ({ line: n + 1, data: task(n, rating) }));
    const dry = await call('importDryRun', { body: { rows } });
    assert.deepEqual(
      [dry.mapping.format, dry.mapping.target, dry.targets],
      ['label_studio', 'ratings', ['ratings']],
    );
    assert.deepEqual(dry.mapping.fields.rating, { path: 'answers.stars' });
    assert.deepEqual([dry.good, dry.silent, dry.errors], [3, 1, []]);
    assert.deepEqual(dry.first[0], {
      line: 1,
      data: { user_prompt: 'Case 0?', ai_response: 'Ten days.', rating: 5, user_id: '7' },
    });
    assert.ok(
      dry.paths.some(
        ({ path, rows, example }) => path === 'data.answer' && rows === 3 && example === 'Ten days.',
      ),
    );
    const stored = () =>
      db.selectFrom('rlhf_feedback').select('id').where('organization', '=', organization).execute();
    assert.equal((await stored()).length, 0);
    assert.deepEqual(await call('importRows', { body: { rows, mapping: dry.mapping } }), {
      imported: 3,
      already_there: 0,
      errors: [],
    });
    assert.equal((await stored()).length, 3);
    assert.equal((await call('previewDataset', { body: { query: {} } }, other)).feedback, 0);
  },
);

await testOnEachDatabase('pairs and corrections are imported once, bad rows named', async ({ call }) => {
  const rows = [
    { line: 1, data: { prompt: 'q', chosen: 'a', rejected: 'b' } },
    { line: 2, data: { prompt: 'q', chosen: 'a', rejected: 'a' } },
    { line: 3, data: { prompt: 'q', chosen: 'a\0' } },
  ];
  const { mapping, errors } = await call('importDryRun', { body: { rows } });
  assert.equal(mapping.format, 'trl_preference');
  assert.deepEqual(
    errors.map(({ line, param }) => [line, param]),
    [
      [2, 'rejected'],
      [3, 'rejected'],
    ],
  );
  const first = await call('importRows', { body: { rows, mapping } });
  assert.deepEqual([first.imported, first.errors.length], [1, 2]);
  assert.equal((await call('importRows', { body: { rows, mapping } })).already_there, 1);

  const corrected = [{ line: 1, data: { question: 'q', answer: 'b', corrected: 'c' } }];
  const plan = await call('importDryRun', { body: { rows: corrected } });
  assert.deepEqual([plan.mapping.format, plan.mapping.target], ['plain', 'corrections']);
  await call('importRows', { body: { rows: corrected, mapping: plan.mapping } });
  const [pair] = (await call('listPairs', { query: { method: 'correction' } })).items;
  assert.deepEqual([pair?.chosen_response, pair?.rejected_response], ['c', 'b']);
});

test("a mapping of one's own wins, and what it can not map is named", async () => {
  const { call } = await openTestRoom('pglite');
  const rows = ['great', 'awful', 'meh'].map((verdict, n) => ({
    line: n + 2,
    data: { q: 'Q', a: 'A', verdict },
  }));
  const unknown = await call('importDryRun', { body: { rows } });
  assert.deepEqual([unknown.targets, unknown.good, unknown.errors.length], [[], 0, 3]);
  const mapping = {
    format: 'plain' as const,
    target: 'ratings' as const,
    fields: {
      query: { path: 'q' },
      response: { path: 'a' },
      rating: { path: 'verdict', labels: { great: 5, awful: 1 } },
    },
  };
  const dry = await call('importDryRun', { body: { rows, mapping } });
  assert.equal(dry.good, 2);
  assert.deepEqual(
    dry.errors.map(({ line, param }) => [line, param]),
    [[4, 'verdict']],
  );
  const scale = { lowest: 5, highest: 5 };
  const bad = { ...mapping, fields: { rating: { path: 'verdict', scale } } };
  await assert.rejects(call('importDryRun', { body: { rows, mapping: bad } }), { code: 'invalid_request' });
});
