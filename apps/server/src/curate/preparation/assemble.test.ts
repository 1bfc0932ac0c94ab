import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SnapshotRow } from '@attune/contracts';
import { seededRandom, shuffled } from '@attune/core';
import { readSnapshot } from '../datasets/read-snapshot.ts';
import type { TrainableFeedback } from '../trainable.ts';
import { assemble } from './assemble.ts';
import type { AssembledSet, AssemblySettings, GivenPair } from './assembly.ts';

const settings: AssemblySettings = {
  datasetType: 'reward',
  methods: ['direct', 'absolute', 'multi_aspect', 'correction', 'comparison'],
  split: 'stratified',
  validationShare: 0.2,
  seed: 1,
  minimum: 10,
  personCap: 1,
};

let made = 0;
const newId = () => `01940000-0000-7000-8000-${String(++made).padStart(12, '0')}`;

function said(feedback: Partial<TrainableFeedback>): TrainableFeedback {
  const id = newId();
  return {
    id,
    query: 'How long is the quarantine?',
    context: '',
    response: 'Ten days.',
    rating: 4,
    dimensions: {},
    correction: null,
    comment: null,
    remark: null,
    person: `user:${id}`,
    responseId: null,
    tags: [],
    source: 'user',
    createdAt: new Date(Date.UTC(2026, 0, 1, made)),
    ...feedback,
  };
}

/** Two answers to each of ten questions, one good and one bad. */
function plain(): TrainableFeedback[] {
  return Array.from({ length: 10 }, (_, n) => `What about case number ${n}?`).flatMap((query) => [
    said({ query, response: 'A helpful answer.', rating: 5 }),
    said({ query, response: 'Nobody knows that.', rating: 1 }),
  ]);
}

function given(pair: Partial<GivenPair>): GivenPair {
  return {
    id: newId(),
    query: 'q',
    context: '',
    chosen: 'a',
    rejected: 'b',
    strength: 1,
    method: 'manual',
    feedbackIds: [],
    annotator: null,
    createdAt: new Date(Date.UTC(2026, 0, 1)),
    ...pair,
  };
}

function setOf(
  feedback: readonly TrainableFeedback[],
  change: Partial<AssemblySettings> = {},
  pairs: readonly GivenPair[] = [],
): AssembledSet {
  const outcome = assemble(feedback, pairs, { ...settings, ...change });
  assert.ok('set' in outcome, 'refused' in outcome ? outcome.refused : '');
  return outcome.set;
}

function refusalOf(feedback: readonly TrainableFeedback[], change: Partial<AssemblySettings>): string {
  const outcome = assemble(feedback, [], { ...settings, ...change });
  assert.ok('refused' in outcome);
  return outcome.refused;
}

test('every feedback is kept or dropped once, with the reason', () => {
  const query = 'What about case number 3?';
  const bot = Array.from({ length: 30 }, (_, n) =>
    said({
      query: `Question ${n} of many?`,
      rating: 5,
      person: 'bot',
      createdAt: new Date(Date.UTC(2026, 1, 1)),
    }),
  );
  const rows = [
    ...plain(),
    ...bot,
    said({ rating: null, comment: 'Thanks for the quick answer' }),
    said({ query, comment: 'http://a.example http://b.example http://c.example' }),
    said({ query, response: ' ', rating: 1 }),
    said({ query, rating: 4, person: 'twice' }),
    said({ query, rating: 4, person: 'twice' }),
  ];
  const { report, feedbackIds, sampleCount } = setOf(rows);
  const reasons = Object.fromEntries(report.dropped.map(({ reason, count }) => [reason, count]));
  assert.deepEqual(reasons, {
    inhuman_rate: 30,
    no_rating_or_correction: 1,
    address_spam: 1,
    empty_answer: 1,
    near_duplicate: 1,
  });
  assert.equal(report.considered, rows.length);
  assert.equal(report.kept, rows.length - 34);
  assert.equal(feedbackIds.length, report.kept);
  assert.equal(sampleCount, report.kept);
  for (const { examples } of report.dropped) {
    assert.ok(examples.length >= 1 && examples.length <= 3);
    for (const example of examples) assert.ok([...example].length <= 160);
  }
});

test('a curator who chose the feedback gets all of it that teaches something', () => {
  const bot = Array.from({ length: 30 }, (_, n) =>
    said({ query: `Question ${n}?`, rating: 1, person: 'one' }),
  );
  const { report } = setOf([...plain(), ...bot, said({ rating: null })], { personCap: null });
  assert.equal(report.kept, 50);
  assert.deepEqual(
    report.dropped.map(({ reason }) => reason),
    ['no_rating_or_correction'],
  );
});

test('the order of reading does not matter, the seed does', () => {
  const rows = plain();
  const pairs = [given({ query: 'x' }), given({ query: 'y' })];
  const { contentHash } = setOf(rows, {}, pairs);
  const random = seededRandom(7);
  assert.equal(setOf(shuffled(rows, random), {}, pairs.toReversed()).contentHash, contentHash);
  assert.notEqual(setOf(rows, { seed: 2 }, pairs).contentHash, contentHash);
});

test('a snapshot gives back the rows it was written from', async () => {
  const correction = said({ rating: null, correction: 'Exactly ten days. 💉\n', comment: 'zu ungenau' });
  const dimensions = { accuracy: 5, safety: 3 };
  const set = setOf([...plain(), correction, said({ dimensions, tags: ['tax'], comment: 'fine' })], {}, [
    given({}),
  ]);
  const { ratings, pairs } = await readSnapshot(set.snapshot);
  assert.equal(ratings.length, set.sampleCount);
  assert.equal(pairs.length, set.generated.length + set.given.length);
  const whole = ratings.find((row) => row.rating_dimensions);
  assert.deepEqual(whole?.rating_dimensions, dimensions);
  assert.deepEqual([whole?.category, whole?.user_group], ['tax', 'user']);
  const corrected = pairs.find((pair) => pair.method === 'correction');
  assert.equal(corrected?.chosen, 'Exactly ten days. 💉\n');
  assert.equal(corrected?.rejected, 'Ten days.');
  assert.deepEqual(corrected?.feedback_ids, [correction.id]);
  assert.equal(set.report.pairs_by_method.manual, 1);
});

test('a pair that somebody wrote is not made again', () => {
  const rows = plain();
  const query = rows[0]?.query ?? '';
  const written = given({ query, chosen: 'A helpful answer.', rejected: 'Nobody knows that.' });
  const { report } = setOf(rows, {}, [written]);
  assert.deepEqual(report.pairs_by_method, { direct: 9, manual: 1 });
});

test('feedback that would cross a split by user is left out and said so', () => {
  const rows = ['ann', 'bob', 'cat', 'dan', 'eve'].flatMap((person) =>
    plain().map((row) => ({ ...row, person: `user:${person}` })),
  );
  const { report, generated, feedbackIds } = setOf(rows, { split: 'by_user' });
  const crossing = report.dropped.find(({ reason }) => reason === 'crosses_split')?.count ?? 0;
  assert.ok(crossing > 0);
  assert.equal(report.kept, rows.length - crossing);
  assert.equal(report.leaking_queries, 0);
  const used = new Set(feedbackIds);
  for (const pair of generated) for (const id of pair.feedback_ids) assert.ok(used.has(id));
});

test('what is missing is said', () => {
  const good = plain().filter(({ rating }) => rating === 5);
  assert.match(refusalOf(good, {}), /10 are rated 4 or more and 0 less/);
  assert.match(refusalOf(plain(), { minimum: 50 }), /20 usable .* 50 are needed/);
  assert.match(refusalOf(good, { datasetType: 'dpo' }), /No preference pair/);
  const alone = plain().map((row) => ({ ...row, person: 'one' }));
  assert.match(refusalOf(alone, { split: 'by_user' }), /two people/);
  const enoughPairs = Array.from({ length: 10 }, (_, n) => given({ query: `q${n}` }));
  assert.equal(setOf([], {}, enoughPairs).given.length, 10, 'pairs alone can train a reward model');
});

const step = (index: number, mark: 'good' | 'bad', comment: string | null = null) => ({
  kind: 'step' as const,
  index,
  mark,
  text: `Step ${index}.`,
  comment,
});

test('a set of steps has the judged steps and annotated sentences of each answer, and nothing else', async () => {
  const about = (n: number) => ({
    query: `Case ${n}?`,
    response: 'Wash it. Eat it.',
    rating: null,
    responseId: `r${n}`,
  });
  const rows = Array.from({ length: 10 }, (_, n) => n).flatMap((n) => [
    said({ ...about(n), remark: step(1, 'bad', 'It is 14.') }),
    said({ ...about(n), remark: step(0, 'good') }),
  ]);
  const note = { kind: 'note' as const, start: 9, end: 12, label: 'wrong', comment: null };
  rows.push(
    said({ ...about(3), remark: note }),
    said({ query: 'Case 0?' }),
    said({ ...about(99), remark: step(1, 'good') }),
  );
  const set = setOf(rows, { datasetType: 'step' });
  const { ratings, pairs, steps } = await readSnapshot(set.snapshot);
  assert.deepEqual([ratings.length, pairs.length, steps.length, set.sampleCount], [0, 0, 11, 11]);
  assert.deepEqual(steps.find((row) => row.query === 'Case 7?')?.steps, [
    { text: 'Step 0.', label: true },
    { text: 'Step 1.', label: false, comment: 'It is 14.' },
  ]);
  assert.deepEqual(steps.find(({ unit }) => unit === 'sentence')?.steps, [
    { text: 'Wash it.', label: true },
    { text: 'Eat it.', label: false, comment: 'wrong' },
  ]);
  assert.equal(set.feedbackIds.length, 21);
  assert.deepEqual(
    set.report.dropped.map(({ reason, count }) => [reason, count]),
    [['no_judged_steps', 2]],
  );
  const sides = Map.groupBy(steps, ({ query }) => query);
  for (const same of sides.values()) assert.equal(new Set(same.map(({ split }) => split)).size, 1);
  assert.ok('refused' in assemble([said({})], [], { ...settings, datasetType: 'step' }));
});

test('votes between candidates become pairs, marks on parts stay out of other sets', async () => {
  const vote = { kind: 'comparison' as const, chosen: 'Ten days.', rejected: 'A while.', strength: 0.5 };
  const rows = [
    ...plain(),
    said({ rating: null, remark: vote }),
    said({ rating: null, remark: step(0, 'good') }),
  ];
  const { report, generated } = setOf(rows, { datasetType: 'dpo' });
  assert.deepEqual(
    generated
      .filter(({ method }) => method === 'comparison')
      .map(({ chosen, rejected, strength }) => [chosen, rejected, strength]),
    [['Ten days.', 'A while.', 0.5]],
  );
  assert.deepEqual(
    report.dropped.map(({ reason }) => reason),
    ['on_a_part'],
  );
});

test('votes of bots, and too many of one person, make no pairs', () => {
  const voted = (person: string, n: number, createdAt: Date) =>
    said({
      query: `Which for case ${n}?`,
      rating: null,
      person,
      createdAt,
      remark: { kind: 'comparison', chosen: `Good ${n} ${person}.`, rejected: `Bad ${n}.`, strength: 1 },
    });
  const slowly = (n: number) => new Date(Date.UTC(2026, 1, 1, n));
  const atOnce = new Date(Date.UTC(2026, 2, 1));
  const many = (count: number) => Array.from({ length: count }, (_, n) => n);
  const rows = [
    ...plain(),
    ...many(30).map((n) => voted('user:bot', n, atOnce)),
    ...many(12).map((n) => voted('user:eager', n, slowly(n))),
    ...many(8).map((n) => voted(`user:${n}`, n, slowly(n))),
  ];
  const { report, generated } = setOf(rows, { datasetType: 'dpo', personCap: 0.2 });
  const compared = generated.filter(({ method }) => method === 'comparison');
  assert.equal(compared.length, 10, 'eight of eight people and two of the eager one');
  const reasons = new Map(report.dropped.map(({ reason, count }) => [reason, count]));
  assert.deepEqual([reasons.get('inhuman_rate'), reasons.get('person_over_cap')], [30, 10]);
});

test('what is missing for a type is said', () => {
  const good = Array.from({ length: 10 }, (_, n) => said({ query: `Q${n}?`, rating: 5 }));
  const bad = good.map((row) => ({ ...row, rating: 1 }));
  const refusedOf = (rows: TrainableFeedback[], datasetType: AssemblySettings['datasetType']) => {
    const outcome = assemble(rows, [], { ...settings, datasetType });
    return 'refused' in outcome ? outcome.refused : null;
  };
  assert.match(refusedOf(bad, 'instruction_tuning') ?? '', /worth imitating/);
  assert.equal(refusedOf(good, 'instruction_tuning'), null);
  assert.match(refusedOf(good, 'kto') ?? '', /both are needed/);
});

test('the report tells balance, length bias, repetitions, personal data and agreement', () => {
  const rows = Array.from({ length: 12 }, (_, n) => n).flatMap((n) => [
    said({ query: `Case ${n}?`, response: `Long answer ${'word '.repeat(20 + n)}`, rating: 5 }),
    said({ query: `Case ${n}?`, response: `Long answer ${'word '.repeat(20 + n)}`, rating: 4 }),
    said({ query: `Case ${n}?`, response: 'Ask ann@example.com.', rating: 1, comment: 'call 0912345678' }),
  ]);
  const { report } = setOf(rows, { personCap: null });
  assert.equal(report.good_share?.value, 2 / 3);
  assert.equal(report.length_bias?.chosen_longer.value, 1);
  assert.ok((report.length_bias?.rating.value ?? 0) > 0.5);
  assert.ok((report.length_bias?.rating.ci[0] ?? 0) > 0);
  assert.equal(report.pii?.by_kind.email, 24);
  assert.equal(report.pii?.by_field.comment, 12);
  assert.equal(report.alpha?.n, 12);
  assert.deepEqual(report.duplicates, { exact: 0, near: 0, examples: [] });
});

test('what was said before a question stands in the rows, and keeps answers apart', () => {
  const vaccines = 'user: How do vaccines work?\nassistant: They train the immune system.';
  const masks = 'user: Should I wear a mask?\nassistant: Yes, indoors.';
  const child = (context: string, change: Partial<TrainableFeedback>) =>
    said({ query: 'And for children?', context, ...change });
  const rows = [
    ...plain(),
    child(vaccines, { response: 'The same, in smaller doses.', rating: 5 }),
    child(masks, { response: 'Not under two years.', rating: 1 }),
    child(masks, { response: 'From six years on.', rating: 5 }),
    said({ query: 'Should I wear a mask?', response: 'Yes, indoors.', rating: 4 }),
  ];
  const written = given({
    query: 'And for children?',
    context: vaccines,
    chosen: 'Less.',
    rejected: 'More.',
  });
  const { snapshot, generated, report } = setOf(rows, { datasetType: 'dpo' }, [written]);
  assert.equal(report.later_turns, 5);
  const lines = new TextDecoder().decode(snapshot).trimEnd().split('\n');
  const stored = lines.map((line) => SnapshotRow.parse(JSON.parse(line)));
  assert.deepEqual(
    stored.filter(({ query }) => query === 'And for children?').map(({ type, context }) => [type, context]),
    [
      ['rating', vaccines],
      ['rating', masks],
      ['rating', masks],
      ['pair', masks],
      ['pair', vaccines],
    ],
  );
  assert.equal(generated.filter(({ query }) => query === 'And for children?').length, 1);
  const sides = stored.filter(({ query }) => query !== '' && /mask|children/.test(query));
  assert.equal(new Set(sides.map(({ split }) => split)).size, 1, 'the talk about masks is on one side');

  // The bytes of a set without contexts, as they were before rows had any.
  const before = new TextDecoder().decode(setOf([...plain()]).snapshot);
  assert.ok(!before.includes('context'));
});
