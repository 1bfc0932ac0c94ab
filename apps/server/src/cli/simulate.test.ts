import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from './failure.ts';
import { plannedText, simulateExperiment } from './simulate.ts';

const asked = { rate: 200, effect: 0.2, baseline: 0.6, split: 0.5, seed: 1 };

test('a plan says reactions and days, and what experiments like it gave', () => {
  const planned = simulateExperiment(asked);
  assert.equal(planned.days, planned.reactions / 200);
  const { simulated } = planned;
  assert.ok(simulated !== null && simulated.found > 0.78 && simulated.false_alarms <= 0.05);
  const said = plannedText(planned);
  assert.match(said, new RegExp(`needs +${planned.reactions} reactions`));
  assert.match(said, /20 % more with the treatment \(72 %\)/);
  assert.match(said, /500 such experiments \(seed 1\)/);
  assert.deepEqual(simulateExperiment(asked), planned);
});

test('what would take for ever to simulate is planned alone', () => {
  const planned = simulateExperiment({ ...asked, effect: 0.002 });
  assert.equal(planned.simulated, null);
  assert.match(plannedText(planned), /not simulated/);
});

test('what cannot be planned is refused with what to write', () => {
  for (const wrong of [{ rate: 0 }, { effect: 0 }, { effect: 0.9 }, { baseline: 60 }, { split: 1 }]) {
    assert.throws(() => simulateExperiment({ ...asked, ...wrong }), UsageError);
  }
});
