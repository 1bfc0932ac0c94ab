import assert from 'node:assert/strict';
import { testOnEachDatabase } from './testing/each-database.ts';
import { openTestShip } from './testing/open-test-ship.ts';

await testOnEachDatabase(
  'a report knows what models came, got traffic and wait, and which experiment says what',
  async (t, kind) => {
    const { ship, organization, other, register, call, as, clock } = await openTestShip(t, kind);
    // Models are registered by the database's clock, ramps by the room's.
    const span = { organization, from: new Date(0), to: new Date(Date.now() + 86_400_000) };
    await register('reward');
    const live = await register('reward');
    await call('deployModel', { params: { id: 'reward@1.0.0' }, body: { full: true } });
    assert.equal((await ship.reportModels(span)).rampedUp, null, 'there is nothing to go back to');
    await call('deployModel', { params: { id: live }, body: { full: true } });
    const waiting = await register('reward');
    const { id } = await call('startExperiment', {
      body: { name: 'A', control_model_id: live, treatment_model_id: waiting },
    });

    const seen = await ship.reportModels(span);
    assert.deepEqual(
      seen.registered.map(({ modelId }) => modelId),
      [waiting, live, 'reward@1.0.0'],
    );
    assert.deepEqual(
      seen.ramps.map(({ modelId, state }) => [modelId, state]),
      [
        [live, 'complete'],
        ['reward@1.0.0', 'complete'],
      ],
    );
    assert.equal(seen.rampedUp, live);
    assert.deepEqual(seen.unmeasured, [waiting]);
    assert.deepEqual(
      seen.experiments.map((experiment) => [experiment.id, experiment.status, experiment.verdict]),
      [[id, 'running', null]],
    );

    await as('trainer').call('rollbackModel', { params: { id: live }, body: {} });
    assert.equal((await ship.reportModels(span)).rampedUp, null, 'it was taken back');
    const later = { ...span, from: new Date(clock.now().getTime() + 1) };
    assert.deepEqual((await ship.reportModels(later)).ramps, []);
    assert.deepEqual((await ship.reportModels({ ...span, organization: other })).registered, []);
  },
);
