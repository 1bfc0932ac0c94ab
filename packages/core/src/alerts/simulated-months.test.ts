import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlertKind } from '@attune/contracts';
import {
  accuracyFall,
  alertRuleKinds,
  decideByThreshold,
  decideNegativeSpike,
  decideOverOptimisation,
  mean,
  meanInterval,
  quantile,
  quantileInterval,
  rateDrop,
  scoreShift,
  wilson,
} from '../index.ts';
import { DAY, monthOfTraffic, type SimulatedAnswer } from '../testing/month-of-traffic.ts';

/** More months by ATTUNE_SIMULATED_MONTHS; docs/alerts.md says what 200 gave. */
const MONTHS = Number(process.env.ATTUNE_SIMULATED_MONTHS ?? 5);
/** The past that rules compare with comes before the month that is looked at. */
const [PAST, MONTH] = [70, 30];

interface Outcome {
  looks: number;
  alarms: number;
}
type Simulation = (answers: readonly SimulatedAnswer[], outcome: Outcome) => void;

function ruleOf(kind: AlertKind) {
  const { direction, confidence, defaults } = alertRuleKinds[kind];
  const { threshold, window, minimum_n, hysteresis } = defaults;
  return {
    direction: direction ?? ('above' as const),
    confidence: confidence ?? 0.95,
    threshold: threshold ?? 0,
    window: window ?? 0,
    minimum_n: minimum_n ?? 0,
    hysteresis: hysteresis ?? 0,
  };
}

/** A look every minute at the last hour; `judge` says whether it fires. */
function everyMinute(judge: (hour: readonly SimulatedAnswer[]) => boolean): Simulation {
  return (answers, outcome) => {
    let [first, next] = [0, 0];
    for (let minute = PAST * DAY; minute < (PAST + MONTH) * DAY; minute++) {
      while (next < answers.length && answers[next]!.minute < minute) next++;
      while (first < next && answers[first]!.minute < minute - 60) first++;
      outcome.looks++;
      if (next - first >= 100 && judge(answers.slice(first, next))) outcome.alarms++;
    }
  };
}

/** A look every so many minutes at the answers of a window and those before it. */
function againAndAgain(
  minutes: number,
  windowDays: number,
  pastDays: number,
  judge: (recent: readonly SimulatedAnswer[], before: readonly SimulatedAnswer[]) => boolean,
): Simulation {
  return (answers, outcome) => {
    for (let now = PAST * DAY; now <= (PAST + MONTH) * DAY; now += minutes) {
      const between = (from: number, to: number) =>
        answers.slice(firstAt(answers, from), firstAt(answers, to));
      const start = now - windowDays * DAY;
      outcome.looks++;
      if (judge(between(start, now), between(start - pastDays * DAY, start))) outcome.alarms++;
    }
  };
}

function firstAt(answers: readonly SimulatedAnswer[], minute: number): number {
  let [low, high] = [0, answers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (answers[middle]!.minute < minute) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A look with every rating, at the newest so many ratings. */
function everyRating(most: number, judge: (newestFirst: readonly number[]) => boolean): Simulation {
  return (answers, outcome) => {
    const ratings = answers.flatMap(({ minute, rating }) => (rating === null ? [] : [{ minute, rating }]));
    ratings.forEach(({ minute }, at) => {
      if (minute < PAST * DAY) return;
      const newest = ratings.slice(Math.max(0, at + 1 - most), at + 1).map(({ rating }) => rating);
      outcome.looks++;
      if (judge(newest.reverse())) outcome.alarms++;
    });
  };
}

const errors = ruleOf('error_rate');
const latency = ruleOf('latency_p95');
const average = ruleOf('average_rating');
const spike = ruleOf('negative_spike');
const feedback = ruleOf('feedback_rate');
const shift = ruleOf('reward_shift');
const accuracy = ruleOf('accuracy_fall');
const over = ruleOf('over_optimisation');

const newest = <T>(rows: readonly T[], most: number) => rows.slice(-most);
const labels = (rows: readonly SimulatedAnswer[]) =>
  rows.flatMap(({ reward, rating }) =>
    rating === null || rating === 3 ? [] : [{ score: reward, positive: rating >= 4 }],
  );
const rated = (rows: readonly SimulatedAnswer[]) =>
  rows.flatMap(({ reward, rating }) => (rating === null ? [] : [{ reward, rating }]));
const byDay = (rows: readonly SimulatedAnswer[]) =>
  [...Map.groupBy(rows, ({ minute }) => Math.floor(minute / DAY)).values()].map((day) => ({
    count: day.length,
    total: day.filter(({ rating }) => rating !== null).length,
  }));

/** The rules that are decided by chance figures. Every 6 hours stands for hourly looks, which see nearly the same rows. */
const simulations: Partial<Record<AlertKind, Simulation>> = {
  error_rate: everyMinute((hour) => {
    const failed = hour.filter((answer) => answer.failed).length;
    const seen = { value: failed / hour.length, n: hour.length };
    const interval = () => wilson(failed, hour.length, errors.confidence).ci;
    return decideByThreshold(errors, 'quiet', { ...seen, interval }) === 'firing';
  }),
  latency_p95: everyMinute((hour) => {
    const seconds = hour.filter(({ failed }) => !failed).map((answer) => answer.seconds);
    // Most hours are far from the threshold, and the percentile costs more than a count.
    if (seconds.filter((one) => one > latency.threshold).length < 0.04 * seconds.length) return false;
    const interval = () => quantileInterval(seconds, 0.95, latency.confidence).ci;
    const seen = { value: quantile(seconds, 0.95), n: seconds.length, interval };
    return decideByThreshold(latency, 'quiet', seen) === 'firing';
  }),
  average_rating: everyRating(average.window, (ratings) => {
    const interval = () => meanInterval(ratings, average.confidence).ci;
    const seen = { value: mean(ratings), n: ratings.length, interval };
    return decideByThreshold(average, 'quiet', seen) === 'firing';
  }),
  negative_spike: everyRating(spike.window + 500, (ratings) => {
    const negative = ratings.map((rating) => rating <= 2);
    const [recent, before] = [negative.slice(0, spike.window), negative.slice(spike.window)];
    const count = { successes: before.filter(Boolean).length, n: before.length };
    return decideNegativeSpike(spike, 'quiet', recent.reverse(), count).change === 'firing';
  }),
  feedback_rate: againAndAgain(DAY, feedback.window, 28, (recent, before) => {
    const { drop } = rateDrop(byDay(recent), byDay(before), feedback.confidence);
    return decideByThreshold(feedback, 'quiet', { ...drop, interval: () => drop.ci }) === 'firing';
  }),
  reward_shift: againAndAgain(360, shift.window, 28, (recent, before) => {
    const rewards = (rows: readonly SimulatedAnswer[]) => rows.map(({ reward }) => reward);
    const seen = scoreShift(newest(rewards(before), 5000), newest(rewards(recent), 2000), shift.confidence);
    return decideByThreshold(shift, 'quiet', { ...seen, interval: () => seen.ci }) === 'firing';
  }),
  accuracy_fall: againAndAgain(360, accuracy.window, 56, (recent, before) => {
    const [now, then] = [newest(labels(recent), 2000), newest(labels(before), 5000)];
    const { fall } = accuracyFall(now, then, accuracy.confidence);
    return decideByThreshold(accuracy, 'quiet', { ...fall, interval: () => fall.ci }) === 'firing';
  }),
  over_optimisation: againAndAgain(360, over.window, 28, (recent, before) => {
    const [now, then] = [newest(rated(recent), 2000), newest(rated(before), 5000)];
    return decideOverOptimisation(over, 'quiet', now, then, over.confidence).change === 'firing';
  }),
};

for (const [kind, simulation] of Object.entries(simulations)) {
  test(`a month of normal traffic never triggers ${kind}`, (t) => {
    const outcome = { looks: 0, alarms: 0 };
    for (let seed = 1; seed <= MONTHS; seed++) simulation(monthOfTraffic(seed, PAST + MONTH), outcome);
    t.diagnostic(`${kind}: ${MONTHS} months, ${outcome.looks} looks, ${outcome.alarms} alarms`);
    assert.ok(outcome.looks > 0);
    assert.equal(outcome.alarms, 0);
  });
}

test('the same months with trouble in them trigger every rule', () => {
  const calm = monthOfTraffic(1, PAST + MONTH);
  const trouble = calm.map((answer, k): SimulatedAnswer => {
    if (answer.minute < (PAST + 20) * DAY) return answer;
    const { rating } = answer;
    return {
      ...answer,
      failed: k % 12 === 0,
      seconds: 2 * answer.seconds,
      reward: Math.min(1, 0.4 + answer.reward),
      rating: rating === null || k % 2 === 0 ? null : Math.max(1, rating - 2),
    };
  });
  for (const [kind, simulation] of Object.entries(simulations)) {
    const outcome = { looks: 0, alarms: 0 };
    simulation(own[kind]?.(calm) ?? trouble, outcome);
    assert.ok(outcome.alarms > 0, kind);
  }
});

const late = ({ minute }: SimulatedAnswer) => minute >= (PAST + 20) * DAY;

/** Troubles that come alone. */
const own: Partial<Record<string, (answers: readonly SimulatedAnswer[]) => SimulatedAnswer[]>> = {
  // Rewards rise and people say what they said before.
  over_optimisation: (answers) =>
    answers.map((answer) => (late(answer) ? { ...answer, reward: (1 + answer.reward) / 2 } : answer)),
  // Rewards no longer know what people will say.
  accuracy_fall: (answers) =>
    answers.map((answer, k) => (late(answer) ? { ...answer, reward: (k * 0.37) % 1 } : answer)),
};
