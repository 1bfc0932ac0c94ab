import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dawidSkene, type Labelled, reliabilityOf, seededRandom } from '../index.ts';

/**
 * Dawid and Skene 1979, table 1: grades of fitness for anaesthesia of 45 patients, by patient. The first three digits
 * are those of observer 1, who looked three times, the others those of observers 2 to 5.
 */
const patients = `
  1111111 3334334 1122122 2223121 2223222 2223322 1222111 3333433 2222223 2322223 4444444 2223343 1111111 2223212 1211111
  1112111 1111111 1111111 2222221 2221322 2222222 2222221 2223222 2212222 1111111 1111111 2322222 1111111 1111111 1121121
  1111111 3333233 1111111 2222222 2223232 4334343 2212232 2323233 3333432 1111111 1111111 1212111 2322222 1211111 2222222`
  .trim()
  .split(/\s+/);
const observers = ['1', '1', '1', '2', '3', '4', '5'];
const labels: Labelled[] = patients.flatMap((grades, patient) =>
  observers.map((judge, at) => ({ item: String(patient + 1), judge, label: Number(grades[at]) - 1 })),
);

test('the anaesthetists of Dawid and Skene 1979: shares of the classes 0.40, 0.42, 0.11, 0.07', () => {
  const { prior, judges, posterior } = dawidSkene(labels, 4, { smoothing: 0 });
  assert.deepEqual(
    prior.map((share) => share.toFixed(2)),
    ['0.40', '0.42', '0.11', '0.07'],
  );
  // Table 2: of patients in class 1, observer 1 grades 89 % so and 11 % as 2.
  assert.deepEqual(
    judges.get('1')?.[0]?.map((share) => share.toFixed(2)),
    ['0.89', '0.11', '0.00', '0.00'],
  );
  // Table 4: patient 3 is surely of class 2, though observers 1 and 3 mostly said 1.
  assert.ok((posterior.get('3')?.[1] ?? 0) > 0.99);
});

test('no step falls, whatever the labels and the smoothing', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = seededRandom(seed);
    const draw = (below: number) => Math.floor(random() * below);
    const classes = 2 + draw(4);
    const some = Array.from({ length: 5 + draw(150) }, () => ({
      item: String(draw(30)),
      judge: String(draw(6)),
      label: draw(classes),
    }));
    const { climb, posterior } = dawidSkene(some, classes, { smoothing: draw(2) * random() });
    for (const [step, height] of climb.slice(1).entries()) {
      assert.ok(height >= (climb[step] ?? Number.NaN) - 1e-8, `seed ${seed}, step ${step + 1}`);
    }
    for (const shares of posterior.values()) {
      assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
    }
  }
});

test('tells who is reliable, and follows them', () => {
  const random = seededRandom(7);
  const truth = Array.from({ length: 300 }, () => Math.floor(random() * 2));
  const accuracy = { good: 0.95, better: 0.85, fair: 0.75, coin: 0.5 };
  const some = truth.flatMap((label, item) =>
    Object.entries(accuracy).map(([judge, share]) => ({
      item: String(item),
      judge,
      label: random() < share ? label : 1 - label,
    })),
  );
  const fit = dawidSkene(some, 2);
  for (const [judge, share] of Object.entries(accuracy)) {
    assert.ok(Math.abs(reliabilityOf(fit, judge) - share) < 0.08, `${judge}: ${reliabilityOf(fit, judge)}`);
  }
  assert.ok(Number.isNaN(reliabilityOf(fit, 'stranger')));
});
