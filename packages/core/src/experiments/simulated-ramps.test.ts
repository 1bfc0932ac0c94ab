import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  decideRamp,
  defaultRampGuards,
  lookAtRamp,
  position,
  type RampArm,
  type RampGuard,
  type RampMetric,
  type RampPlan,
  type RampStepSeen,
  seededRandom,
  sumUnits,
  type UnitSums,
} from '../index.ts';

/** Requests of each step; the last one has no incumbent beside it any more. */
const REQUESTS = [3000, 3000];
const SHARES = [0.1, 0.5];
const PEOPLE = 1000;
/** Requests between two looks: what comes in within a second. */
const SECOND = 10;

/** What the new model does to people, beside what the incumbent does. */
interface Harm {
  stars?: number;
  errors?: number;
  slower?: number;
  reports?: number;
}

interface World {
  harm: Harm;
  /** Everybody asks once; or a fifth of a thousand people asks four fifths of all questions, in every step. */
  people: 'one question each' | 'few ask most';
  guards: readonly RampGuard[];
}

const normal = (random: () => number) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Sums of one metric to which people's observations are added one by one. */
class Sums {
  readonly sums: UnitSums = sumUnits([]);
  readonly #people = new Map<number, { count: number; total: number }>();

  add(person: number, value: number): void {
    const before = this.#people.get(person);
    if (before === undefined) this.sums.units++;
    const { count, total } = before ?? { count: 0, total: 0 };
    this.sums.count++;
    this.sums.total += value;
    this.sums.count_squared += 2 * count + 1;
    this.sums.total_squared += 2 * total * value + value * value;
    this.sums.total_by_count += total + value * (count + 1);
    this.#people.set(person, { count: count + 1, total: total + value });
  }
}

class Arm {
  readonly #met = new Set<number>();
  readonly #reporters = new Set<number>();
  readonly #metrics = {
    latency: new Sums(),
    cost: new Sums(),
    error_rate: new Sums(),
    rating: new Sums(),
    thumbs: new Sums(),
    satisfaction: new Sums(),
  };
  #answers = 0;

  /** A question of somebody who is so demanding (a standard normal), and what comes of it. */
  ask(
    person: number,
    level: number,
    { stars = 0, errors = 0, slower = 0, reports = 0 }: Harm,
    random: () => number,
  ) {
    const { latency, cost, error_rate, rating, thumbs } = this.#metrics;
    this.#met.add(person);
    this.#answers++;
    const failed = random() < 0.005 + errors;
    error_rate.add(person, Number(failed));
    if (failed) return;
    latency.add(person, 6 + 0.8 * normal(random) + 0.3 * level + Math.log(1 + slower));
    cost.add(person, Math.exp(5 + 0.5 * normal(random)));
    if (random() < 0.2) rating.add(person, starsOf(random, level, stars));
    if (random() < 0.1) thumbs.add(person, Number(random() < 0.7));
    if (random() < 0.0005 + reports) this.#reporters.add(person);
  }

  seen(): RampArm {
    const { latency, cost, error_rate, rating, thumbs, satisfaction } = this.#metrics;
    return {
      units: this.#met.size,
      answers: this.#answers,
      reporters: this.#reporters.size,
      latency: latency.sums,
      cost: cost.sums,
      error_rate: error_rate.sums,
      rating: rating.sums,
      thumbs: thumbs.sums,
      satisfaction: satisfaction.sums,
    };
  }
}

/** Stars with a mean of 3.6; `fewer` of them on average. */
function starsOf(random: () => number, level: number, fewer: number): number {
  const shares = [0.1, 0.1, 0.2, 0.3, 0.3];
  let [left, star] = [random(), 0];
  while (star < 4 && left >= shares[star]!) left -= shares[star++]!;
  const drawn = Math.min(5, Math.max(1, Math.round(1 + star + 0.6 * level)));
  return random() < fewer && drawn > 1 ? drawn - 1 : drawn;
}

const planOf = (guards: readonly RampGuard[]): RampPlan => ({
  steps: [...SHARES, 1].map((share) => ({ share, hold_seconds: 0, minimum_samples: 20_000 })),
  guards,
  criteria: [],
});

/** Runs a ramp, looking every second; which guard sent it back and after how many answers of the new model, if any. */
function ramp({ harm, people, guards }: World, seed: number): { metric: RampMetric; answers: number } | null {
  const random = seededRandom(seed);
  const levels = Array.from({ length: PEOPLE }, () => normal(random));
  const plan = planOf(guards);
  const steps: RampStepSeen[] = [];
  let [asked, answers, mismatch] = [0, 0, 1];
  for (const [step, requests] of REQUESTS.entries()) {
    const [treatment, control] = [new Arm(), new Arm()];
    const share = SHARES[step]!;
    for (let request = 1; request <= requests; request++) {
      asked++;
      const alone = people === 'one question each';
      const person = alone ? asked : Math.floor(random() < 0.8 ? random() * 200 : 200 + random() * 800);
      const isNew = position(`${seed} ${person}`, 'new model') < share;
      const level = alone ? normal(random) : levels[person]!;
      (isNew ? treatment : control).ask(person, level, isNew ? harm : {}, random);
      answers += Number(isNew);
      if (request % SECOND !== 0) continue;
      steps[step] = { share, treatment: treatment.seen(), control: control.seen() };
      const seen = { seconds_in_step: 0, paused: false, steps, sample_ratio_so_far: mismatch };
      const evidence = lookAtRamp(plan, step, seen);
      mismatch = evidence.sample_ratio_p_value;
      const decision = decideRamp(plan, step, seen, evidence);
      if (decision.action === 'roll_back') return { metric: decision.guard.metric, answers };
    }
  }
  return null;
}

function ramps(world: World, runs: number) {
  const back = Array.from({ length: runs }, (_, seed) => ramp(world, seed)).filter((end) => end !== null);
  const answers = back.map((end) => end.answers).sort((a, b) => a - b);
  return {
    back: back.length / runs,
    metrics: Object.fromEntries(
      Map.groupBy(back, ({ metric }) => metric)
        .entries()
        .map(([metric, all]) => [metric, all.length]),
    ),
    median: answers[Math.floor(answers.length / 2)] ?? Infinity,
  };
}

const RUNS = Number(process.env.ATTUNE_SIMULATED_RAMPS ?? 100);
const everyGuard: readonly RampGuard[] = [
  { metric: 'rating', margin: 0, minimum_samples: 50 },
  { metric: 'thumbs', margin: 0, minimum_samples: 50 },
  { metric: 'safety', margin: 0, minimum_samples: 50 },
  { metric: 'error_rate', margin: 0, minimum_samples: 50 },
  { metric: 'latency', margin: 0, minimum_samples: 50 },
  { metric: 'cost', margin: 0, minimum_samples: 50 },
];

for (const people of ['one question each', 'few ask most'] as const) {
  for (const [name, guards] of [
    ['default', defaultRampGuards],
    ['all six, without margins,', everyGuard],
  ] as const) {
    test(`${people}: ${name} guards rarely send an equal model back, looked at every second`, (t) => {
      const { back, metrics } = ramps({ harm: {}, people, guards }, RUNS);
      t.diagnostic(`sent back ${back} of ${RUNS} ramps: ${JSON.stringify(metrics)}`);
      assert.ok(back <= 0.05, `${back}`);
    });
  }
}

const harms: [string, Harm, RampMetric, number][] = [
  ['half a star less', { stars: 0.5 }, 'rating', 2000],
  ['5 % more errors', { errors: 0.05 }, 'error_rate', 1000],
  ['twice as slow', { slower: 1 }, 'latency', 1000],
  ['a report in a hundred answers more', { reports: 0.01 }, 'safety', 2000],
];
for (const [name, harm, metric, within] of harms) {
  test(`${name} sends a model back`, (t) => {
    const runs = Math.ceil(RUNS / 3);
    const { back, metrics, median } = ramps(
      { harm, people: 'one question each', guards: defaultRampGuards },
      runs,
    );
    t.diagnostic(
      `${back} of ${runs}, by ${JSON.stringify(metrics)}, half of them within ${median} answers of it`,
    );
    assert.ok(back > 0.8, `${back}`);
    assert.ok(median <= within, `median ${median}`);
    assert.ok((metrics[metric] ?? 0) > (back * runs) / 2, JSON.stringify(metrics));
  });
}
