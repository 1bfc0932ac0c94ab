import assert from 'node:assert/strict';
import { test } from 'node:test';
import { databaseKinds, databaseMissing, openMigratedDatabase } from '../platform/db/test-database.ts';
import { newId } from '../platform/ids.ts';
import { silentLog } from '../platform/log.ts';
import { LiveModels } from './live-models.ts';
import { ModelLoading } from './model-loading.ts';

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  test(`without its database a replica goes on with what it knows (${kind})`, { skip }, async () => {
    const { database, remove } = await openMigratedDatabase(kind);
    const organization = 'default';
    const shared = { organization, model_id: 'reward@1.0.0', created_at: new Date() };
    const unused = { card: '{}', performance_metrics: '{}', base_model: 'static' };
    await database.sql
      .insertInto('model_registry')
      .values({
        ...shared,
        ...unused,
        id: newId(),
        name: 'reward',
        version: '1.0.0',
        kind: 'reward',
        status: 'deployed',
        artifact_sha256: 'a'.repeat(64),
      })
      .execute();
    await database.sql
      .insertInto('ramps')
      .values({
        ...shared,
        id: newId(),
        state: 'complete',
        steps: '[]',
        step: 0,
        step_started_at: new Date(),
      })
      .execute();
    const secrets = { seal: (text: string) => text, open: (text: string) => text };
    const platform = { database, secrets, log: silentLog };
    const models = new LiveModels(platform, new ModelLoading(async () => undefined, silentLog));
    await models.refresh();
    const live = { modelId: 'reward@1.0.0', artifactSha256: 'a'.repeat(64) };
    assert.deepEqual(models.choose(organization, 'someone'), live);

    await remove();
    await assert.rejects(models.refresh());
    assert.deepEqual(models.choose(organization, 'someone'), live);
    assert.deepEqual(await models.find(organization, 'reward'), live);
    assert.equal(models.choose('other', 'someone'), null);
  });
}
