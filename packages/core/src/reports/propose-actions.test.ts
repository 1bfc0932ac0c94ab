import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proposeActions, type ReportState } from './propose-actions.ts';

const quiet: ReportState = {
  newRatings: 0,
  rules: [],
  hasRules: false,
  openPairs: 0,
  judging: null,
  experiments: [],
  unmeasured: [],
  rampedUp: 'reward@2.0.0',
  gotWorse: false,
  topics: [],
};
const kinds = (state: Partial<ReportState>) => proposeActions({ ...quiet, ...state }).map(({ kind }) => kind);

test('where nothing happened nothing is proposed', () => {
  assert.deepEqual(kinds({}), []);
  assert.deepEqual(kinds({ newRatings: 99, openPairs: 19 }), []);
});

test('what got worse is taken back only where a model got traffic', () => {
  assert.deepEqual(kinds({ gotWorse: true }), ['roll_back']);
  assert.deepEqual(kinds({ gotWorse: true, rampedUp: null }), []);
});

test('experiments end as their results say', () => {
  const experiment = (verdict: string | null) => ({ experiments: [{ id: '1', name: 'A', verdict }] });
  assert.deepEqual(kinds(experiment('deploy')), ['promote_experiment']);
  assert.deepEqual(kinds(experiment('keep')), ['end_experiment']);
  assert.deepEqual(kinds(experiment('stop')), ['end_experiment']);
  assert.deepEqual([kinds(experiment('go_on')), kinds(experiment(null))], [[], []]);
});

test('new ratings retrain by a rule, or make the first one; a rule that is busy is left alone', () => {
  const rule = { id: '1', name: 'Weekly' };
  assert.deepEqual(proposeActions({ ...quiet, newRatings: 120, hasRules: true, rules: [rule] }), [
    { kind: 'retrain', ...rule, ratings: 120 },
  ]);
  assert.deepEqual(kinds({ newRatings: 120 }), ['add_rule']);
  assert.deepEqual(kinds({ newRatings: 120, hasRules: true }), []);
});

test('at most two hundred pairs go before judges, and the worst topics before reviewers', () => {
  const topic = (surelyNegative: number) => ({ words: ['visa'], reactions: 30, surelyNegative });
  const judging = { id: '1', name: 'Answers' };
  assert.deepEqual(proposeActions({ ...quiet, openPairs: 900, judging }), [
    { kind: 'judge_pairs', ...judging, pairs: 200 },
  ]);
  assert.deepEqual(kinds({ openPairs: 30 }), ['open_judging']);
  assert.deepEqual(kinds({ topics: [topic(0.6), topic(0.5), topic(0.45)] }), [
    'review_topic',
    'review_topic',
  ]);
  assert.deepEqual(kinds({ topics: [topic(0.39)] }), []);
});
