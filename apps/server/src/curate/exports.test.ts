import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExportFormat } from '@attune/contracts';
import { parquetReadObjects } from 'hyparquet';
import { corpusMissing, demoRatings } from './testing/demo-feedback.ts';
import { testOnEachDatabase } from './testing/each-database.ts';
import { openTestRoom } from './testing/open-test-room.ts';
import { storeFeedback } from './testing/stored-feedback.ts';

if (corpusMissing) test('exports', { skip: corpusMissing });
else {
  await testOnEachDatabase(
    'every format is written, listed, downloaded and audited',
    async ({ room, db, call, fetch, organization }) => {
      await storeFeedback(db, organization, demoRatings(40));
      const set = await call('prepareDataset', { body: { name: 'demo "set"' } });
      const params = { id: set.id };
      for (const format of ExportFormat.options) {
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
      assert.equal(
        acts.filter(({ action }) => action === 'dataset.exported').length,
        ExportFormat.options.length,
      );
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
