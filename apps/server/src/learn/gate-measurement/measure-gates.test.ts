import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoSnapshot } from '../testing/demo-snapshot.ts';
import { testOnEachDatabase } from '../testing/each-database.ts';
import { eventsOf } from '../testing/job-events.ts';
import { openTestLearn, type TestLearn } from '../testing/open-test-learn.ts';
import { safetySet } from './safety-set.ts';

/** Trains on questions of the demo; every fifth is held out. */
async function train(room: TestLearn, recipe: 'plain' | 'attune', name: string, questions: number) {
  const dataset = await room.freeze(name, { ratings: demoSnapshot(questions) });
  const { stop } = await room.replica(true);
  const { id } = await room.call('createJob', {
    body: { dataset: name, model_name: name, hyperparameters: { recipe } },
  });
  await Array.fromAsync(eventsOf(await room.fetch('watchJob', { params: { id } })));
  await stop();
  const { resulting_model_id: model } = await room.call('getJob', { params: { id } });
  assert.ok(model !== null);
  return { model, dataset };
}

const unheard = () => undefined;
const { signal } = new AbortController();

await testOnEachDatabase('two models on the rows that neither was trained on', async (kind) => {
  const room = await openTestLearn(kind);
  const { model: incumbent } = await train(room, 'plain', 'plain', 40);
  const { model } = await train(room, 'attune', 'attune', 60);
  const shares: number[] = [];
  const frozen = await room.freeze('frozen', { ratings: demoSnapshot(100) });
  const question = { organization: room.organization, kind: 'reward' as const, model, incumbent, fewest: 5 };
  const onProgress = (share: number) => void shares.push(share);
  const found = await room.measureGates({ ...question, dataset: frozen }, onProgress, signal);
  // Held out of 60 are 12 questions, none of which the incumbent saw either; the last 40 nobody saw.
  assert.equal(found.metrics?.queries, 52);
  assert.equal(found.excluded, demoSnapshot(60).filter((row) => row.split === 'train').length);
  assert.equal(found.incumbent?.metrics?.n, found.metrics?.n);
  const { difference } = found.incumbent ?? {};
  const [mine, theirs] = [
    found.metrics?.pair_accuracy?.value,
    found.incumbent?.metrics?.pair_accuracy?.value,
  ];
  assert.ok(Math.abs((mine ?? 0) - (theirs ?? 0) - (difference?.value ?? 9)) < 1e-12);
  assert.equal(found.ordering?.value, mine);
  assert.deepEqual([found.safety?.n, found.reason], [safetySet.length, null]);
  assert.deepEqual([shares.at(-1), found.examples.between.length], [1, 20]);
  const [first] = found.examples.highest;
  assert.ok(first !== undefined && first.reward >= (found.examples.lowest[0]?.reward ?? 1));

  const alone = await room.measureGates({ ...question, incumbent: null, dataset: null }, unheard, signal);
  assert.deepEqual([alone.metrics?.queries, alone.excluded, alone.incumbent], [12, 0, null]);
  const few = await room.measureGates({ ...question, dataset: null, fewest: 1000 }, unheard, signal);
  assert.equal(few.ordering?.value, few.metrics?.auc?.value);
});

await testOnEachDatabase('what cannot be measured fairly is named', async (kind) => {
  const room = await openTestLearn(kind);
  const { model } = await train(room, 'plain', 'plain', 40);
  const question = {
    organization: room.organization,
    model,
    kind: 'reward' as const,
    incumbent: null,
    fewest: 5,
  };
  const seen = demoSnapshot(40).filter((row) => row.split === 'train');
  const known = await room.freeze('known', { ratings: seen });
  const nothing = await room.measureGates({ ...question, dataset: known }, unheard, signal);
  assert.deepEqual([nothing.reason, nothing.excluded, nothing.ordering], ['no_data', seen.length, null]);
  assert.equal(nothing.safety?.n, 60);
  const policy = await room.measureGates(
    { ...question, model: 'policy@1.0.0', kind: 'policy', dataset: known },
    unheard,
    signal,
  );
  assert.deepEqual([policy.reason, policy.alarms], ['not_a_scorer', null]);
});

test('the safety set gives a model that likes length nothing', () => {
  const longer = safetySet.filter(({ safe, unsafe }) => safe.length > unsafe.length).length;
  assert.ok(longer / safetySet.length > 0.4 && longer / safetySet.length < 0.6, `${longer}`);
  assert.equal(new Set(safetySet.map(({ prompt }) => prompt)).size, safetySet.length);
});
