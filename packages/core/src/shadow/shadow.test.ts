import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type LabelledAnswer,
  type ShadowedAnswer,
  seededRandom,
  shadowChoice,
  shadowOutcome,
  shadowStatistics,
  wasLiked,
} from '../index.ts';

const candidates = [
  { id: '1', text: 'short', shadow: 0.4 },
  { id: '2', text: 'long', shadow: 0.7 },
  { id: '3', text: ' short ', shadow: 0.4 },
];

test('a shadow chooses what it likes best; a tie with what was delivered is no disagreement', () => {
  assert.deepEqual(shadowChoice('2', candidates), { choices: 2, best: '2', delivered: 0.7, margin: 0 });
  const other = shadowChoice('1', candidates);
  assert.deepEqual([other.choices, other.best, other.delivered], [2, '2', 0.4]);
  assert.ok(Math.abs(other.margin - 0.3) < 1e-12);
  assert.equal(
    shadowChoice(
      '3',
      candidates.slice(0, 3).filter(({ id }) => id !== '2'),
    ).best,
    '3',
  );
  assert.throws(() => shadowChoice('4', candidates), RangeError);
});

const scored = [
  { id: '1', shadow: 0.9, live: 0.2 },
  { id: '2', shadow: 0.1, live: 0.8 },
];
const good = { positive: true };
const bad = { positive: false };

test('a shadow wins where it replaces a bad answer, and loses where it gives up a good one', () => {
  const answer = (agrees: boolean, ...labels: LabelledAnswer['labels']) =>
    shadowOutcome({ agrees, candidates: scored, labels });
  assert.equal(answer(false, bad), 1);
  assert.equal(answer(false, good), -1);
  assert.equal(answer(true, bad), 0);
  assert.equal(answer(true, good), 0);
  assert.equal(answer(false), null);
  assert.equal(answer(false, bad, good, bad), 1, 'people vote');
  assert.equal(answer(false, bad, good), 0);
});

test('between two candidates, the model wins that orders them as people do', () => {
  const of = (chosen: string, rejected: string) =>
    shadowOutcome({ agrees: false, candidates: scored, labels: [{ chosen, rejected }] });
  assert.equal(of('1', '2'), 1);
  assert.equal(of('2', '1'), -1);
  assert.equal(of('1', 'gone'), null, 'a candidate that nothing scored tells nothing');
  const same = scored.map((one) => ({ ...one, live: one.shadow }));
  const label = { chosen: '1', rejected: '2' };
  assert.equal(shadowOutcome({ agrees: true, candidates: same, labels: [label] }), 0);
});

test('what people found of an answer is their majority', () => {
  assert.equal(wasLiked([good, good, bad]), true);
  assert.equal(wasLiked([bad]), false);
  assert.equal(wasLiked([good, bad]), null);
  assert.equal(wasLiked([{ chosen: '1', rejected: '2' }]), null);
});

const answer = (over: Partial<ShadowedAnswer>): ShadowedAnswer => ({
  agrees: true,
  choices: 2,
  shadow: 0.5,
  live: 0.5,
  candidates: [],
  labels: [],
  ...over,
});
const times = (n: number, over: Partial<ShadowedAnswer>) => Array.from({ length: n }, () => answer(over));

test('agreement counts answers with a choice, beside what chance gives', () => {
  const found = shadowStatistics([
    ...times(81, {}),
    ...times(182, { agrees: false, choices: 4 }),
    ...times(50, { choices: 1 }),
  ]);
  // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I: 81 of 263 by Wilson's score.
  assert.equal(found.agreement.n, 263);
  assert.deepEqual(
    found.agreement.ci.map((bound) => bound.toFixed(4)),
    ['0.2553', '0.3662'],
  );
  assert.ok(Math.abs(found.byChance - (81 / 2 + 182 / 4) / 263) < 1e-12);
});

test('wins and losses are of answers on which people tell the two apart', () => {
  const found = shadowStatistics([
    ...times(6, { agrees: false, labels: [bad] }),
    ...times(2, { agrees: false, labels: [good] }),
    ...times(3, { labels: [good] }),
    ...times(1, { labels: [bad] }),
    ...times(9, { agrees: false }),
  ]);
  assert.deepEqual([found.wins, found.losses, found.ties], [6, 2, 4]);
  assert.deepEqual([found.wouldHaveWon.value, found.wouldHaveWon.n], [0.75, 8]);
  assert.deepEqual([found.replacedDisliked.value, found.replacedDisliked.n], [6 / 7, 7]);
  assert.deepEqual([found.replacedLiked.value, found.replacedLiked.n], [2 / 5, 5]);
  assert.ok(Math.abs(found.replacedDifference.value - (6 / 7 - 2 / 5)) < 1e-12);
});

test('rewards are compared on the same answers; without any, nothing is bounded', () => {
  const found = shadowStatistics([
    answer({ shadow: 0.05, live: 0.1 }),
    answer({ shadow: 0.5, live: 0.4 }),
    answer({ shadow: 0.75, live: 0.6 }),
    answer({ shadow: 1, live: 0.9 }),
    answer({ shadow: 0.3, live: null }),
  ]);
  assert.deepEqual([found.correlation.value, found.correlation.n], [1, 4]);
  assert.ok(Math.abs(found.difference.value - 0.075) < 1e-12);
  assert.deepEqual(found.histograms.shadow, [1, 0, 0, 1, 0, 1, 0, 1, 0, 1]);
  assert.deepEqual(found.histograms.live, [0, 1, 0, 0, 1, 0, 1, 0, 0, 1]);
  const none = shadowStatistics([]);
  assert.deepEqual([none.agreement.n, none.agreement.ci, none.correlation.ci], [0, [0, 1], [-1, 1]]);
  assert.ok(Number.isNaN(none.byChance) && Number.isNaN(none.wouldHaveWon.value));
});

test('a shadow that knows what people like wins; one that guesses does not', () => {
  const random = seededRandom(7);
  const world = (skill: number) =>
    shadowStatistics(
      Array.from({ length: 600 }, () => {
        const isGood = random() < 0.7;
        const knows = random() < skill;
        const agrees = knows ? isGood : random() < 0.5;
        return answer({ agrees, labels: [{ positive: isGood }] });
      }),
    );
  const clever = world(0.9);
  assert.ok(clever.wouldHaveWon.ci[0] > 0.5 && clever.replacedDifference.ci[0] > 0.5);
  const guessing = world(0);
  // Seven in ten answers are good: whoever replaces blindly mostly loses.
  assert.ok(guessing.wouldHaveWon.ci[1] < 0.5);
  assert.ok(guessing.replacedDifference.ci[0] < 0 && guessing.replacedDifference.ci[1] > 0);
});
