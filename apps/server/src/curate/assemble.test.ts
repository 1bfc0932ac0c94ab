import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom, shuffled } from '@attune/core';
import { assemble } from './assemble.ts';
import type { AssembledSet, AssemblySettings, GivenPair } from './assembly.ts';
import { readSnapshot } from './read-snapshot.ts';
import type { TrainableFeedback } from './trainable.ts';

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
    response: 'Ten days.',
    rating: 4,
    dimensions: {},
    correction: null,
    comment: null,
    person: `user:${id}`,
    responseId: null,
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
  const set = setOf([...plain(), correction, said({ dimensions, comment: 'fine' })], {}, [given({})]);
  const { ratings, pairs } = await readSnapshot(set.snapshot);
  assert.equal(ratings.length, set.sampleCount);
  assert.equal(pairs.length, set.generated.length + set.given.length);
  assert.deepEqual(ratings.find((row) => row.rating_dimensions)?.rating_dimensions, dimensions);
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
