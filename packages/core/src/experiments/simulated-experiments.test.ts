import assert from 'node:assert/strict';
import { test } from 'node:test';
import { armMoments, meanDifferenceSequence, seededRandom, sequencePValue, sumUnits } from '../index.ts';

const EVENTS = 5000;
/** Users of an arm before anybody looks. */
const FEWEST_USERS = 50;
const TIGHTEST = { tightestAt: 2000 };

type Outcome = (random: () => number, level: number) => number;

const normal = (random: () => number) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function stars(random: () => number, level: number): number {
  const shares = [0.1, 0.1, 0.2, 0.3, 0.3];
  let [left, star] = [random(), 0];
  while (star < 4 && left >= shares[star]!) left -= shares[star++]!;
  return Math.min(5, Math.max(1, Math.round(1 + star + 0.8 * level)));
}
const thumbs: Outcome = (random, level) => Number(random() < Math.min(1, 0.08 * Math.exp(0.8 * level)));
const latency: Outcome = (random, level) => Math.exp(6 + 0.8 * normal(random) + 0.5 * level);
/** Of the seven in ten who would not give five stars, two in seven give one more: 0.2 stars on average. */
const better: Outcome = (random, level) => {
  const given = stars(random, level);
  return random() < 0.2 / 0.7 && given < 5 ? given + 1 : given;
};

interface Stream {
  control: Outcome;
  treatment: Outcome;
  /** Everybody gives one rating; or 500 people give all, a fifth of them four fifths. */
  users: 'one each' | 'few give most';
}

/** Sums of an arm to which single observations of users are added. */
class Arm {
  readonly sums = sumUnits([]);
  readonly #users = new Map<number, { count: number; total: number }>();

  add(user: number, value: number): void {
    const before = this.#users.get(user);
    if (before === undefined) this.sums.units++;
    const { count, total } = before ?? { count: 0, total: 0 };
    this.sums.count++;
    this.sums.total += value;
    this.sums.count_squared += 2 * count + 1;
    this.sums.total_squared += 2 * total * value + value * value;
    this.sums.total_by_count += total + value * (count + 1);
    this.#users.set(user, { count: count + 1, total: total + value });
  }
}

/** After how many events the sequence, and a plain z-test at 0.05, first see a difference; null: never. */
function firstAlarms(stream: Stream, seed: number): { sequence: number | null; z: number | null } {
  const random = seededRandom(seed);
  const levels = Array.from({ length: 500 }, () => normal(random));
  const arms = [new Arm(), new Arm()] as const;
  let [sequence, z]: [number | null, number | null] = [null, null];
  for (let event = 1; event <= EVENTS; event++) {
    const alone = stream.users === 'one each';
    const user = alone ? event : Math.floor(random() < 0.8 ? random() * 100 : 100 + random() * 400);
    const side = alone ? Number(random() < 0.5) : user % 2;
    const outcome = side === 1 ? stream.treatment : stream.control;
    arms[side]!.add(user, outcome(random, alone ? 0 : levels[user]!));
    const [control, treatment] = [armMoments(arms[0].sums), armMoments(arms[1].sums)];
    if (Math.min(control.units, treatment.units) < FEWEST_USERS) continue;
    const { value, ci } = meanDifferenceSequence(treatment, control, TIGHTEST);
    if (sequence === null && (ci[0] > 0 || ci[1] < 0)) sequence = event;
    const error = Math.sqrt(treatment.variance / treatment.n + control.variance / control.n);
    if (z === null && Math.abs(value) > 1.959964 * error) z = event;
  }
  return { sequence, z };
}

function simulate(stream: Stream, runs: number) {
  const alarms = Array.from({ length: runs }, (_, seed) => firstAlarms(stream, seed));
  const found = alarms.flatMap(({ sequence }) => (sequence === null ? [] : [sequence])).sort((a, b) => a - b);
  return {
    sequence: found.length / runs,
    z: alarms.filter(({ z }) => z !== null).length / runs,
    median: found[Math.floor(found.length / 2)],
  };
}

for (const [name, outcome] of Object.entries({ stars, thumbs, latency })) {
  for (const users of ['one each', 'few give most'] as const) {
    test(`${name}, ${users}: looking after each of 5,000 events rarely sees what is not there`, (t) => {
      const { sequence, z } = simulate({ control: outcome, treatment: outcome, users }, 400);
      t.diagnostic(`false alarms: sequence ${sequence}, z-test ${z}`);
      assert.ok(sequence <= 0.05, `sequence ${sequence}`);
      assert.ok(z > 0.2, `z-test ${z}`);
    });
  }
}

test('0.2 stars more are found in more than 92 of 100 experiments, half of them within 1,738 ratings', (t) => {
  const { sequence, median } = simulate({ control: stars, treatment: better, users: 'one each' }, 400);
  t.diagnostic(`found ${sequence}, median after ${median}`);
  assert.ok(sequence > 0.92, `found ${sequence}`);
  assert.ok(median !== undefined && median < 1738, `median ${median}`);
});

test('the p-value is below alpha exactly where the interval leaves 0 out', () => {
  const random = seededRandom(5);
  for (let run = 0; run < 200; run++) {
    const arm = () => ({ n: 20 + Math.floor(random() * 400), mean: random(), variance: 0.1 + random() });
    const [a, b] = [arm(), arm()];
    const { ci } = meanDifferenceSequence(a, b, TIGHTEST);
    assert.equal(sequencePValue(a, b, TIGHTEST) < 0.05, ci[0] > 0 || ci[1] < 0);
  }
});
