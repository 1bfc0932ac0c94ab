import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExportFormat } from '@attune/contracts';
import { parquetReadObjects } from 'hyparquet';
import { corpusMissing, demoRatings } from '../testing/demo-feedback.ts';
import { testOnEachDatabase } from '../testing/each-database.ts';
import { openTestRoom } from '../testing/open-test-room.ts';
import { storeFeedback } from '../testing/stored-feedback.ts';

if (corpusMissing) test('exports', { skip: corpusMissing });
else {
  await testOnEachDatabase(
    'every format is written, listed, downloaded and audited',
    async ({ room, db, call, fetch, organization, other }) => {
      await storeFeedback(db, organization, demoRatings(40));
      const set = await call('prepareDataset', { body: { name: 'demo "set"' } });
      const params = { id: set.id };
      const formats = ExportFormat.options.filter((format) => format !== 'trl_stepwise');
      for (const format of formats) {
        const made = await call('exportDataset', { params, body: { format } });
        assert.equal(made.url, `/api/training-datasets/${set.id}/exports/${made.sha256}`);
        const response = await fetch('downloadExport', { params: { id: set.id, sha256: made.sha256 } });
        assert.equal(response.headers.get('content-disposition'), `attachment; filename="${made.file_name}"`);
        const type = response.headers.get('content-type');
        const bytes = await response.arrayBuffer();
        assert.equal(response.headers.get('content-length'), String(bytes.byteLength));
        if (format === 'parquet') {
          assert.equal(type, 'application/vnd.apache.parquet');
          assert.equal((await parquetReadObjects({ file: bytes })).length, made.rows);
        } else {
          assert.equal(type, 'application/x-ndjson; charset=utf-8');
          const lines = new TextDecoder().decode(bytes).trimEnd().split('\n');
          assert.equal(lines.length, made.rows);
          for (const line of lines) JSON.parse(line);
        }
      }
      const exported = await call('getDataset', { params });
      assert.equal(exported.status, 'exported');
      assert.equal(exported.export_format, 'parquet');
      assert.equal(exported.content_hash, set.content_hash);
      assert.ok(await room.datasets.open(organization, set.id));
      const acts = await db.selectFrom('audit_log').select('action').execute();
      assert.equal(acts.filter(({ action }) => action === 'dataset.exported').length, formats.length);
      const first = await call('listExports', { params, query: { limit: 5 } });
      const rest = await call('listExports', { params, query: { cursor: first.next_cursor ?? '' } });
      const listed = [...first.items, ...rest.items];
      assert.deepEqual(listed.map(({ format }) => format).reverse(), formats);
      assert.ok(listed.every(({ masked, split }) => masked && split === 'all'));
      for (const time of ['1', '2026-13-01T00:00:00.000000Z', 'x']) {
        const cursor = Buffer.from(JSON.stringify([time, set.id])).toString('base64url');
        await assert.rejects(call('listExports', { params, query: { cursor } }), { code: 'invalid_cursor' });
      }
      await assert.rejects(call('listExports', { params, query: {} }, other), { code: 'dataset_not_found' });
    },
  );

  test('an export can hold one side of the split', async () => {
    const { db, call, organization } = await openTestRoom('pglite');
    await storeFeedback(db, organization, demoRatings(40));
    const { id } = await call('prepareDataset', { body: {} });
    const rows = async (split: 'all' | 'train' | 'validation') =>
      (await call('exportDataset', { params: { id }, body: { format: 'ratings', split } })).rows;
    const [all, train, validation] = [await rows('all'), await rows('train'), await rows('validation')];
    assert.equal(train + validation, all);
    assert.ok(validation > 0 && validation < train);
  });
}

test('what cannot be exported says why', async () => {
  const { db, call, fetch, organization, other } = await openTestRoom('pglite');
  const ids = await storeFeedback(db, organization, [
    { query: 'q', response: 'a', rating: 1 },
    { query: 'other', response: 'b', rating: 5 },
  ]);
  const draft = await call('createDataset', { body: { name: 'd', feedback_ids: ids } });
  const params = { id: draft.id };
  const wanted = { params, body: { format: 'trl_preference' as const } };
  await assert.rejects(call('exportDataset', wanted), { code: 'dataset_not_ready' });
  await call('updateDataset', { params, body: { status: 'ready' } });
  await assert.rejects(call('exportDataset', wanted), /0 pairs/);
  await assert.rejects(call('exportDataset', wanted, other), { code: 'dataset_not_found' });
  const { sha256 } = await call('exportDataset', { params, body: { format: 'ratings' } });
  await assert.rejects(fetch('downloadExport', { params: { id: draft.id, sha256 } }, other), {
    code: 'dataset_not_found',
  });
  await assert.rejects(fetch('downloadExport', { params: { id: draft.id, sha256: '0'.repeat(64) } }), {
    code: 'artifact_not_found',
  });
});

await testOnEachDatabase(
  'a preview shows rows, checks and what is masked, and writes nothing',
  async ({ db, call, fetch, organization, other }) => {
    const given = Array.from({ length: 12 }, (_, n) => ({
      query: `Case ${n}?`,
      response: n % 2 === 0 ? 'Ask ann@example.com.' : 'No idea.',
      rating: n % 2 === 0 ? 5 : 1,
      person: `key:1/ann-${n % 3}`,
    }));
    const ids = await storeFeedback(db, organization, given);
    const { id } = await call('createDataset', { body: { name: 'pii', feedback_ids: ids } });
    const params = { id };
    await assert.rejects(call('previewExport', { params, body: { format: 'ratings' } }), {
      code: 'dataset_not_ready',
    });
    await call('updateDataset', { params, body: { status: 'ready' } });

    const chat = await call('previewExport', { params, body: { format: 'openai_chat', first: 2 } });
    assert.deepEqual([chat.rows, chat.first.length, chat.ready], [6, 2, false]);
    assert.equal(chat.splits.train + chat.splits.validation, 6);
    assert.equal(chat.findings[0]?.rule, 'at_least_10_rows');
    assert.ok(JSON.stringify(chat.first).includes('[EMAIL]'));
    assert.ok(!JSON.stringify(chat).includes('ann@example.com'));
    const kto = await call('previewExport', { params, body: { format: 'trl_kto', mask_pii: false } });
    assert.deepEqual([kto.ready, kto.pii.found, kto.pii.by_kind], [true, 6, { email: 6 }]);
    assert.ok(JSON.stringify(kto.first).includes('ann@example.com'));
    assert.equal((await call('previewExport', { params, body: { format: 'trl_preference' } })).rows, 0);
    assert.deepEqual((await call('listExports', { params, query: {} })).items, []);
    assert.equal((await call('getDataset', { params })).status, 'ready');

    const peopleOf = async (organization?: string, mask_pii = true) => {
      const made = await call(
        'exportDataset',
        { params, body: { format: 'ratings', mask_pii } },
        organization,
      );
      const file = await fetch('downloadExport', { params: { id, sha256: made.sha256 } }, organization);
      const lines = (await file.text()).trimEnd().split('\n');
      return [...new Set(lines.map((line) => String(JSON.parse(line).user_id)))].sort();
    };
    const people = await peopleOf();
    assert.equal(people.length, 3);
    for (const person of people) assert.match(person, /^user_[0-9a-f]{16}$/);
    assert.deepEqual(await peopleOf(), people);
    assert.deepEqual(await peopleOf(undefined, false), ['key:1/ann-0', 'key:1/ann-1', 'key:1/ann-2']);
    await assert.rejects(peopleOf(other), { code: 'dataset_not_found' });
  },
);
