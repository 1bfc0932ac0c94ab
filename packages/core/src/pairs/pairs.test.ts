import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  aspectScore,
  comparisonPairs,
  makePairs,
  preferenceStrength,
  seededRandom,
  type TrainingFeedback,
} from '../index.ts';
import { feedback } from '../testing/feedback.ts';

const rated = (response: string, rating: number | null, change: Partial<TrainingFeedback> = {}) =>
  feedback({ response, rating, ...change });
const reasons = (rows: readonly { reason: string }[]) => rows.map(({ reason }) => reason);

test('strength is the distance on the scale times the agreement of raters', () => {
  assert.equal(preferenceStrength([5], [1]), 1);
  assert.equal(preferenceStrength([5], [4]), 0.25);
  assert.equal(preferenceStrength([5, 3], [3, 3]), (1 / 4) * 0.5);
  assert.equal(preferenceStrength([5, 1, 1], [2, 2, 2]), 0);
  assert.equal(preferenceStrength([1], [5]), -1);
});

test('direct: answers to one query with different ratings', () => {
  const rows = [
    rated('A', 5),
    rated('B', 2, { query: 'how do VACCINES work' }),
    rated('B', 4),
    rated('C', 3),
  ];
  const { pairs, left_out } = makePairs(rows, { methods: ['direct'] });
  assert.deepEqual(
    pairs.map(({ chosen, rejected, strength }) => [chosen, rejected, strength]),
    [
      ['A', 'B', 0.5],
      ['A', 'C', 0.5],
    ],
  );
  assert.deepEqual(pairs[0]!.feedback_ids, [rows[0]!.id, rows[1]!.id, rows[2]!.id]);
  assert.deepEqual(left_out, [
    {
      reason: 'equal_ratings',
      method: 'direct',
      query: rows[0]!.query,
      feedback_ids: [rows[1]!.id, rows[2]!.id, rows[3]!.id],
    },
  ]);
});

test('direct: raters who contradict the means, a lone answer and an unrated one give no pair', () => {
  const rows = [
    rated('A', 5),
    rated('A', 1),
    rated('A', 1),
    rated('B', 2),
    rated('C', 4, { query: 'another' }),
    rated('D', null),
  ];
  const { pairs, left_out } = makePairs(rows, { methods: ['direct'] });
  assert.deepEqual(pairs, []);
  assert.deepEqual(reasons(left_out), ['unrated', 'raters_disagree', 'only_answer_to_query']);
});

test('absolute: good against bad, 3.5 is neither', () => {
  const rows = [rated('A', 4), rated('B', 5), rated('C', 3.5), rated('D', 3)];
  const { pairs } = makePairs(rows, { methods: ['absolute'] });
  assert.deepEqual(
    pairs.map(({ chosen, rejected }) => chosen + rejected),
    ['AD', 'BD'],
  );
});

test('multi-aspect: weighted dimensions decide, too few are not compared', () => {
  const dimensions = { accuracy: 5, helpfulness: 4, clarity: 3, safety: 5 };
  assert.ok(Math.abs(aspectScore(dimensions)! - 4.3) < 1e-12);
  assert.equal(aspectScore({ clarity: 5 }), null);
  assert.equal(aspectScore({ accuracy: 5, helpfulness: 3 }), 4);
  const rows = [rated('A', 1, { dimensions }), rated('B', 5, { dimensions: { ...dimensions, accuracy: 1 } })];
  const [pair] = makePairs(rows, { methods: ['multi_aspect'] }).pairs;
  assert.deepEqual([pair!.chosen, pair!.method], ['A', 'multi_aspect']);
  const byClarity = makePairs(
    [
      rated('A', 1, { dimensions: { clarity: 1, accuracy: 5 } }),
      rated('B', 1, { dimensions: { clarity: 2, accuracy: 1 } }),
    ],
    { methods: ['multi_aspect'], weights: { clarity: 1 } },
  );
  assert.equal(byClarity.pairs[0]!.chosen, 'B');
});

test('corrections are preferred to what they correct, more so the worse it was', () => {
  const rows = [
    rated('A', null, { correction: 'A better one' }),
    rated('B', 2, { correction: 'B better one' }),
    rated('C', 5, { correction: 'C better one' }),
    rated('D', 1, { correction: ' D ' }),
    rated('E', 1, { correction: '…' }),
  ];
  const { pairs, left_out } = makePairs(rows, { methods: ['correction'] });
  assert.deepEqual(
    pairs.map(({ chosen, rejected, strength }) => [chosen, rejected, strength]),
    [
      ['A better one', 'A', 1],
      ['B better one', 'B', 0.75],
      ['C better one', 'C', 0.25],
    ],
  );
  assert.deepEqual(reasons(left_out), ['same_text', 'empty_text']);
});

test('comparisons: the majority decides, a draw decides nothing', () => {
  const vote = (id: string, chosen: string, rejected: string, strength: number | null = null) => ({
    id,
    query: 'q',
    chosen,
    rejected,
    strength,
  });
  const { pairs, left_out } = makePairs([], {
    comparisons: [
      vote('1', 'A', 'B'),
      vote('2', 'B', 'A', 0.5),
      vote('3', 'A', 'B'),
      vote('4', 'C', 'D'),
      vote('5', 'D', 'C'),
      vote('6', 'E', ' E'),
    ],
  });
  assert.deepEqual(pairs, [
    {
      query: 'q',
      chosen: 'A',
      rejected: 'B',
      strength: 0.5,
      method: 'comparison',
      feedback_ids: ['1', '2', '3'],
    },
  ]);
  assert.deepEqual(reasons(left_out), ['raters_disagree', 'same_text']);
});

test('two answers pair once: the earlier method wins', () => {
  const rows = [rated('A', 5, { dimensions: { accuracy: 1, helpfulness: 1 } }), rated('B', 1)];
  rows.push(rated('B', 1, { dimensions: { accuracy: 5, helpfulness: 5 } }));
  const { pairs, left_out } = makePairs(rows, { methods: ['direct', 'absolute', 'multi_aspect'] });
  assert.deepEqual(
    pairs.map(({ method, chosen }) => [method, chosen]),
    [['direct', 'A']],
  );
  assert.deepEqual(reasons(left_out).sort(), ['already_paired', 'contradicts_other_pair', 'unrated']);
});

test('a query with many answers gives its clearest pairs', () => {
  const rows = Array.from({ length: 60 }, (_, k) => rated(`answer ${k}`, 1 + (k % 5)));
  const { pairs, left_out } = makePairs(rows, { methods: ['direct'], mostPerQuery: 7 });
  assert.deepEqual(
    pairs.map(({ strength }) => strength),
    new Array(7).fill(1),
  );
  assert.equal(left_out.filter(({ reason }) => reason === 'too_many_answers').length, 10);
});

test('random feedback: no identical texts, strengths in (0, 1], one pair per two answers, repeatable', () => {
  const random = seededRandom(12);
  const pick = (n: number) => Math.floor(random() * n);
  const rows = Array.from({ length: 400 }, () =>
    rated(['A', ' A', 'A\n', 'B', 'C', 'D'][pick(6)]!, pick(6) || null, {
      query: ['one', 'One?', 'two', 'three'][pick(4)]!,
      correction: pick(5) === 0 ? ['A', 'E'][pick(2)]! : null,
    }),
  );
  const { pairs } = makePairs(rows);
  const seen = new Set<string>();
  for (const { query, chosen, rejected, strength, feedback_ids } of pairs) {
    assert.notEqual(chosen.trim(), rejected.trim());
    assert.ok(strength > 0 && strength <= 1);
    assert.ok(feedback_ids.length > 0);
    const key = [query.toLowerCase().replace('?', ''), ...[chosen.trim(), rejected.trim()].sort()].join('|');
    assert.ok(!seen.has(key));
    seen.add(key);
  }
  assert.ok(pairs.length > 5);
  assert.deepEqual(makePairs(rows).pairs, pairs);
});

test('questions that end alike are told apart by what was said before', () => {
  const after = (context: string, change: Partial<TrainingFeedback>) =>
    feedback({ query: 'And for children?', context, ...change });
  const vaccines = 'user: How do vaccines work?\nassistant: They train the immune system.';
  const masks = 'user: Should I wear a mask?\nassistant: Yes, indoors.';
  const apart = makePairs([
    after(vaccines, { response: 'The same, with smaller doses.', rating: 5 }),
    after(masks, { response: 'Not under two years of age.', rating: 1 }),
    after('', { response: 'Ask your doctor.', rating: 3 }),
  ]);
  assert.deepEqual(apart.pairs, []);
  const together = makePairs([
    after(vaccines, { response: 'The same, with smaller doses.', rating: 5 }),
    after(vaccines.toUpperCase(), { response: 'Not under two years of age.', rating: 1 }),
    after(masks, { response: 'Never.', correction: 'Not under two years of age.', rating: 1 }),
  ]);
  assert.deepEqual(
    together.pairs.map(({ method, context, chosen, rejected }) => [method, context, chosen, rejected]),
    [
      ['correction', masks, 'Not under two years of age.', 'Never.'],
      ['direct', vaccines, 'The same, with smaller doses.', 'Not under two years of age.'],
    ],
  );
  const vote = (context: string, chosen: string, rejected: string) => ({
    id: `${context} ${chosen}`,
    query: 'And for children?',
    context,
    chosen,
    rejected,
    strength: null,
  });
  const voted = comparisonPairs([vote(vaccines, 'a', 'b'), vote(masks, 'b', 'a')]);
  assert.deepEqual(
    voted.pairs.map(({ context, chosen }) => [context, chosen]),
    [
      [vaccines, 'a'],
      [masks, 'b'],
    ],
  );
});
