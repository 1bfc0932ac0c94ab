import assert from 'node:assert/strict';
import { sql as raw } from 'kysely';
import { testOnEachDatabase } from './testing/each-database.ts';
import { eventually } from './testing/eventually.ts';
import { openTestShip, type TestShip } from './testing/open-test-ship.ts';
import { constantModel } from './testing/tiny-model.ts';

const people = Array.from({ length: 1000 }, (_, k) => `person ${k}`);

/** How many of 1,000 people each model serves. */
function served({ ship, organization: own }: TestShip, organization = own): Record<string, number> {
  const models = people.map((person) => ship.liveModels.choose(organization, person)?.modelId ?? 'none');
  return Object.fromEntries([...Map.groupBy(models, (id) => id)].map(([id, rows]) => [id, rows.length]));
}

const everyone = (modelId: string) => ({ [modelId]: people.length });
const full = (id: string) => ({ params: { id }, body: { full: true } });

async function statuses({ call }: TestShip): Promise<Record<string, string>> {
  const { items } = await call('listModels');
  return Object.fromEntries(items.map((model) => [model.model_id, model.status]));
}

await testOnEachDatabase('before anything is deployed no model chooses', async (t, kind) => {
  const test = await openTestShip(t, kind);
  await test.register();
  assert.deepEqual(served(test), everyone('none'));
});

await testOnEachDatabase('full takes all traffic at once, in its organisation only', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const model = await test.register();
  const ramp = await test.call('deployModel', full('reward'));
  assert.equal(ramp.state, 'complete');
  assert.equal(ramp.share, 1);
  assert.equal(ramp.previous_model_id, null);
  assert.deepEqual(served(test), everyone(model));
  assert.deepEqual(served(test, test.other), everyone('none'));
  assert.deepEqual(await statuses(test), { [model]: 'deployed' });
  const again = await test.call('deployModel', full('reward'));
  assert.equal(again.id, ramp.id, 'what is deployed stays as it is');
});

await testOnEachDatabase('in steps, it gets a tenth first; nobody leaves it as it grows', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const [old, young] = [await test.register(), await test.register()];
  await test.call('deployModel', full(old));
  const ramp = await test.call('deployModel', { params: { id: young }, body: {} });
  assert.deepEqual([ramp.state, ramp.share, ramp.previous_model_id], ['ramping', 0.1, old]);
  const onYoung = () =>
    people.filter((person) => test.ship.liveModels.choose(test.organization, person)?.modelId === young);
  const tenth = onYoung();
  assert.ok(tenth.length > 60 && tenth.length < 140, `${tenth.length} of 1,000`);
  assert.deepEqual(await statuses(test), { [old]: 'deployed', [young]: 'deployed' });

  assert.equal((await test.call('advanceRamp', { params: { id: 'reward' } })).share, 0.5);
  const half = onYoung();
  assert.ok(half.length > 430 && half.length < 570, `${half.length} of 1,000`);
  assert.deepEqual(
    tenth.filter((person) => !half.includes(person)),
    [],
  );

  assert.equal((await test.call('advanceRamp', { params: { id: young } })).state, 'complete');
  assert.deepEqual(served(test), everyone(young));
  assert.deepEqual(await statuses(test), { [old]: 'deprecated', [young]: 'deployed' });
  await assert.rejects(test.call('advanceRamp', { params: { id: young } }), { code: 'nothing_to_roll_back' });
});

await testOnEachDatabase(
  'one call takes everything back, on both replicas, and says why',
  async (t, kind) => {
    const [one, reason] = [await openTestShip(t, kind), 'people complain'];
    const two = await one.another();
    const [old, young] = [await one.register(), await one.register()];
    await one.call('deployModel', full(old));
    await one.call('deployModel', full(young));
    await eventually(() => served(two), everyone(young));

    const ramp = await one.call('rollbackModel', { params: { id: 'reward' }, body: { reason } });
    assert.deepEqual([ramp.state, ramp.share, ramp.reason], ['rolled_back', 0, reason]);
    assert.deepEqual(served(one), everyone(old));
    await eventually(() => served(two), everyone(old));
    assert.deepEqual(await statuses(two), { [old]: 'deployed', [young]: 'deprecated' });
    assert.deepEqual(
      one.rolledBack.map((told) => told.id),
      [ramp.id],
    );
    const entries = await one.platform.database.sql
      .selectFrom('audit_log')
      .select(['action', 'subject', 'actor'])
      .where('organization', '=', one.organization)
      .orderBy('position', 'desc')
      .limit(1)
      .execute();
    assert.deepEqual(entries, [
      { action: 'model.rolled_back', subject: `model:${young}`, actor: 'member:1' },
    ]);
  },
);

await testOnEachDatabase(
  'traffic moves together with its entry in the audit log or not at all',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const [old, young] = [await test.register(), await test.register()];
    await test.call('deployModel', full(old));
    const { sql } = test.platform.database;
    // Names cannot be parameters of a statement that makes something; an id is letters, digits and dashes.
    const refusing = raw.raw(`refuse_${test.organization.replaceAll('-', '_')}`);
    const whose = raw.raw(`NEW.organization = '${test.organization}'`);
    await raw`CREATE FUNCTION ${refusing}() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'no room in the log'; END $$`.execute(sql);
    await raw`CREATE TRIGGER ${refusing} BEFORE INSERT ON audit_log FOR EACH ROW WHEN (${whose})
    EXECUTE FUNCTION ${refusing}()`.execute(sql);
    for (const change of [
      () => test.call('deployModel', full(young)),
      () => test.call('rollbackModel', { params: { id: old }, body: {} }),
      () => test.call('archiveModel', { params: { id: young } }),
    ])
      await assert.rejects(change(), /no room in the log/);
    await raw`DROP FUNCTION ${refusing}() CASCADE`.execute(sql);
    assert.deepEqual(served(test), everyone(old));
    assert.deepEqual(await statuses(test), { [old]: 'deployed', [young]: 'testing' });
    assert.equal((await test.call('deployModel', full(young))).model_id, young);
  },
);

await testOnEachDatabase('a replica gives a model traffic when it has loaded it there', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const [old, young] = [await test.register(), await test.register(undefined, 2)];
  await test.call('deployModel', full(old));
  const { promise: loaded, resolve } = Promise.withResolvers<void>();
  const asked: string[] = [];
  test.loading.load = ({ modelId }) => {
    asked.push(modelId);
    return loaded;
  };
  const deploying = test.call('deployModel', full(young));
  await eventually(() => asked, [young]);
  assert.deepEqual(served(test), everyone(old));
  resolve();
  await deploying;
  assert.deepEqual(served(test), everyone(young));
});

await testOnEachDatabase(
  'a model that cannot be loaded ahead takes its traffic all the same',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const [broken, endless] = [await test.register(), await test.register(undefined, 2)];
    test.loading.load = () => Promise.reject(new Error('no memory'));
    await test.call('deployModel', full(broken));
    assert.deepEqual(served(test), everyone(broken));
    test.loading.load = () => new Promise(() => undefined);
    await test.call('deployModel', full(endless));
    assert.deepEqual(served(test), everyone(endless));
  },
);

await testOnEachDatabase('a rollback goes back model by model, in the end to none', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const models = [await test.register(), await test.register(), await test.register()] as const;
  for (const model of models) await test.call('deployModel', full(model));
  const back = () => test.call('rollbackModel', { params: { id: 'reward' }, body: {} });
  for (const next of [models[1], models[0]]) {
    await back();
    assert.deepEqual(served(test), everyone(next));
  }
  assert.equal((await back()).previous_model_id, null);
  assert.deepEqual(served(test), everyone('none'));
  await assert.rejects(back(), { code: 'nothing_to_roll_back' });
});

await testOnEachDatabase('a model without traffic cannot be rolled back', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const [old, young] = [await test.register(), await test.register()];
  const back = (id: string) => test.call('rollbackModel', { params: { id }, body: {} });
  await assert.rejects(back(young), { code: 'nothing_to_roll_back' });
  await test.call('deployModel', full(old));
  await assert.rejects(back(young), { code: 'nothing_to_roll_back' });
  await assert.rejects(back('unknown'), { code: 'model_not_found' });
  assert.deepEqual(served(test), everyone(old));
});

await testOnEachDatabase('another deployment supersedes a ramp and leaves its incumbent', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const [old, young, youngest] = [await test.register(), await test.register(), await test.register()];
  await test.call('deployModel', full(old));
  await test.call('deployModel', { params: { id: young }, body: {} });
  const ramp = await test.call('deployModel', { params: { id: youngest }, body: {} });
  assert.equal(ramp.previous_model_id, old);
  assert.equal(served(test)[young], undefined);
  assert.deepEqual(await statuses(test), {
    [old]: 'deployed',
    [young]: 'deprecated',
    [youngest]: 'deployed',
  });
  const { items } = await test.call('listRamps');
  assert.deepEqual(
    items.map((item) => item.state),
    ['ramping', 'superseded', 'complete'],
  );
});

await testOnEachDatabase('deploying the incumbent of a ramp ends the ramp', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const [old, young] = [await test.register(), await test.register()];
  await test.call('deployModel', full(old));
  await test.call('deployModel', { params: { id: young }, body: {} });
  const ramp = await test.call('deployModel', { params: { id: old }, body: {} });
  assert.deepEqual([ramp.state, ramp.previous_model_id], ['complete', null]);
  assert.deepEqual(served(test), everyone(old));
});

await testOnEachDatabase('a model whose file is gone or damaged gets no traffic', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const old = await test.register();
  await test.call('deployModel', full(old));
  const { sql } = test.platform.database;
  const bytes = new TextEncoder().encode('not a model');
  const junk = await test.platform.blobs.put(bytes);
  for (const artifact_sha256 of [junk, '0'.repeat(64), null]) {
    const young = await test.register();
    await sql.updateTable('model_registry').set({ artifact_sha256 }).where('model_id', '=', young).execute();
    await assert.rejects(test.call('deployModel', full(young)), { code: 'model_not_deployable' });
  }
  assert.deepEqual(served(test), everyone(old));
});

await testOnEachDatabase('what is archived takes no traffic, also not by a rollback', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const [first, second, third] = [await test.register(), await test.register(), await test.register()];
  for (const model of [first, second, third]) await test.call('deployModel', full(model));
  await assert.rejects(test.call('archiveModel', { params: { id: third } }), {
    code: 'model_not_deployable',
  });
  assert.equal((await test.call('archiveModel', { params: { id: second } })).status, 'archived');
  await assert.rejects(test.call('deployModel', full(second)), { code: 'model_not_deployable' });
  const ramp = await test.call('rollbackModel', { params: { id: third }, body: {} });
  assert.equal(ramp.previous_model_id, first);
  assert.deepEqual(served(test), everyone(first));
  assert.equal(await test.ship.liveModels.find(test.organization, second), null);
});

await testOnEachDatabase('a restart finds the ramp where it stood', async (t, kind) => {
  const test = await openTestShip(t, kind);
  const [old, young] = [await test.register(), await test.register()];
  await test.call('deployModel', full(old));
  await test.call('deployModel', { params: { id: young }, body: {} });
  const before = served(test);
  await test.ship.stop();
  assert.deepEqual(served(await test.another()), before);
});

await testOnEachDatabase(
  'models are found for scoring by name: the deployed one, else the newest',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const [old, young] = [await test.register(), await test.register()];
    const found = async (name: string) => (await test.ship.liveModels.find(test.organization, name))?.modelId;
    assert.equal(await found('reward'), young);
    await test.call('deployModel', full(old));
    assert.equal(await found('reward'), old);
    assert.equal(await found(young), young);
    assert.equal(await found('nothing'), undefined);
  },
);

await testOnEachDatabase(
  'a model measured to be worse than chance is deployed only on purpose',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const model = await test.register();
    const worse = { auc: { value: 0.15, ci: [0.13, 0.17], n: 200 } };
    await test.platform.database.sql
      .updateTable('model_registry')
      .set({ performance_metrics: JSON.stringify(worse) })
      .where('model_id', '=', model)
      .execute();
    assert.deepEqual((await test.call('getModel', { params: { id: model } })).doubts, ['worse_than_chance']);
    await assert.rejects(test.call('deployModel', full(model)), { code: 'gates_failed', message: /chance/ });
    const reason = 'it answers a question of ours';
    const forced = { params: { id: model }, body: { full: true, force: true, reason } };
    await assert.rejects(test.call('deployModel', forced), { code: 'forbidden' });
    const { call } = test.as('admin');
    const silent = { params: { id: model }, body: { full: true, force: true, reason: ' ' } };
    await assert.rejects(call('deployModel', silent), { code: 'invalid_request', message: /Say why/ });
    assert.deepEqual(served(test), everyone('none'));
    const { id } = await call('deployModel', forced);
    assert.deepEqual(served(test), everyone(model));
    const { sql } = test.platform.database;
    const ramp = await sql
      .selectFrom('ramps')
      .select('gate_override')
      .where('id', '=', id)
      .executeTakeFirst();
    assert.deepEqual(ramp?.gate_override, { gates: ['ordering'], reason, by: 'member:1' });
    const entries = await sql
      .selectFrom('audit_log')
      .select('details')
      .where('organization', '=', test.organization)
      .where('action', '=', 'gates.overridden')
      .execute();
    assert.deepEqual(entries, [{ details: { gates: ['ordering'], reason } }]);
  },
);

await testOnEachDatabase(
  'a model that gives every answer the same reward takes no traffic',
  async (t, kind) => {
    const test = await openTestShip(t, kind);
    const model = await test.register();
    const same = await test.platform.blobs.put(await constantModel());
    const { sql } = test.platform.database;
    await sql
      .updateTable('model_registry')
      .set({ artifact_sha256: same })
      .where('organization', '=', test.organization)
      .execute();
    const refused = { code: 'model_not_deployable', message: /every answer the same reward/ };
    await assert.rejects(test.call('deployModel', full(model)), refused);
    assert.deepEqual(served(test), everyone('none'));
  },
);
