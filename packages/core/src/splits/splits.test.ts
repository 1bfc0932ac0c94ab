import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLeaks, kFoldByGroup, queryKey, type SplitRow, seededRandom, splitRows } from '../index.ts';

type Strategy = 'stratified' | 'temporal' | 'by_user';

/** Random rows: spellings of some queries, rated by some people, at some time. */
function rowsOf(seed: number, { n = 300, queries = 60, people = 40 } = {}): SplitRow[] {
  const random = seededRandom(seed);
  const pick = (count: number) => Math.floor(random() * count);
  return Array.from({ length: n }, () => {
    const query = pick(queries);
    return {
      query: pick(2) === 0 ? `Question ${query}?` : `question  ${query}`,
      label: random() < 0.3 ? 'good' : 'bad',
      person: `p${pick(people)}`,
      createdAt: new Date(Date.UTC(2026, 0, 1) + pick(1000) * 60_000),
    };
  });
}

const keys = (rows: readonly SplitRow[]) => new Set(rows.map(({ query }) => queryKey(query)));
const queriesOf = (rows: readonly SplitRow[]) => rows.map(({ query }) => query);

for (const strategy of ['stratified', 'temporal', 'by_user'] as Strategy[]) {
  test(`${strategy}: no query crosses, every row is somewhere once, the same seed gives the same split`, () => {
    for (let seed = 0; seed < 40; seed++) {
      const rows = rowsOf(seed, { n: 2 + seed * 10, queries: 2 + seed * 2 });
      if (keys(rows).size < 2) continue;
      const split = splitRows(rows, { strategy, seed });
      assert.ok(keys(split.train).isDisjointFrom(keys(split.validation)));
      assert.deepEqual(findLeaks(queriesOf(split.train), queriesOf(split.validation)), []);
      const all = [...split.train, ...split.validation, ...split.left_out];
      assert.equal(all.length, rows.length);
      assert.equal(new Set(all).size, rows.length);
      assert.ok(split.validation.length > 0);
      assert.deepEqual(splitRows(rows, { strategy, seed }), split);
    }
  });
}

test('stratified: both sides have the share and the mix of labels', () => {
  for (const validationShare of [0.12, 0.2, 0.5]) {
    const rows = rowsOf(7, { n: 2000, queries: 500 });
    const { train, validation } = splitRows(rows, { strategy: 'stratified', validationShare, seed: 3 });
    const good = (side: SplitRow[]) => side.filter(({ label }) => label === 'good').length / side.length;
    assert.ok(Math.abs(validation.length / rows.length - validationShare) < 0.01);
    assert.ok(Math.abs(good(train) - good(validation)) < 0.08);
  }
});

test('stratified: another seed gives another split', () => {
  const rows = rowsOf(7);
  const validation = (seed: number) => keys(splitRows(rows, { strategy: 'stratified', seed }).validation);
  assert.notDeepEqual(validation(1), validation(2));
});

test('temporal: training ends before validation begins', () => {
  const rows = rowsOf(5, { n: 500, queries: 200 });
  const { train, validation, left_out } = splitRows(rows, { strategy: 'temporal', seed: 1 });
  const time = ({ createdAt }: SplitRow) => createdAt.getTime();
  assert.ok(Math.max(...train.map(time)) <= Math.min(...validation.map(time)));
  assert.ok(Math.abs(validation.length / rows.length - 0.2) < 0.02);
  assert.ok(left_out.every((row) => time(row) > Math.min(...validation.map(time))));
});

test('by user: no person crosses, and separate circles of people cost no row', () => {
  const tangled = splitRows(rowsOf(5), { strategy: 'by_user', seed: 1 });
  const people = (rows: SplitRow[]) => new Set(rows.map(({ person }) => person));
  assert.ok(people(tangled.train).isDisjointFrom(people(tangled.validation)));
  const circles = rowsOf(5).map((row, k) => ({
    ...row,
    query: `${row.query} of ${k % 30}`,
    person: `p${k % 30}`,
  }));
  const clean = splitRows(circles, { strategy: 'by_user', seed: 1 });
  assert.ok(people(clean.train).isDisjointFrom(people(clean.validation)));
  assert.deepEqual(clean.left_out, []);
  assert.ok(Math.abs(clean.validation.length / circles.length - 0.2) < 0.05);
});

test('what cannot be split is refused', () => {
  const rows = rowsOf(1);
  assert.throws(() => splitRows([], { strategy: 'stratified', seed: 1 }), RangeError);
  assert.throws(() => splitRows(rows, { strategy: 'stratified', validationShare: 1, seed: 1 }), RangeError);
  const alone = rows.map((row) => ({ ...row, person: 'p' }));
  assert.throws(() => splitRows(alone, { strategy: 'by_user', seed: 1 }), RangeError);
});

test('folds: groups stay together, folds are about equal and every fold is used', () => {
  for (let seed = 0; seed < 30; seed++) {
    const groups = rowsOf(seed).map(({ query }) => queryKey(query));
    const folds = kFoldByGroup(groups, 5, seed);
    const foldOf = new Map<string, number>();
    groups.forEach((key, row) => {
      assert.equal(foldOf.get(key) ?? folds[row], folds[row]);
      foldOf.set(key, folds[row]!);
    });
    const sizes = [0, 1, 2, 3, 4].map((fold) => folds.filter((other) => other === fold).length);
    assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 5, `${sizes}`);
  }
  assert.throws(() => kFoldByGroup(['a', 'b'], 3, 1), RangeError);
});

test('leaks: the same question in other spelling, and nearly the same one when asked for', () => {
  const train = ['What is COVID-19?', 'How long should I wash my hands with soap to be safe at home?'];
  const validation = [
    'what is covid 19',
    'How long should I wash my hands with soap to be safe at work?',
    'Who are you?',
  ];
  assert.deepEqual(findLeaks(train, validation), [
    { validation: validation[0], train: train[0], kind: 'same' },
  ]);
  assert.deepEqual(findLeaks(train, validation, 0.8).slice(1), [
    { validation: validation[1], train: train[1], kind: 'near' },
  ]);
});

test('two turns of one conversation stand on one side, greetings apart', () => {
  const talk = (n: number, greeting: string): SplitRow[] => {
    const before = `user: ${greeting}\nassistant: Hello!\nuser: What about case number ${n}?\nassistant: Ten days.`;
    const row = { label: 'good', person: `p${n}`, createdAt: new Date(Date.UTC(2026, 0, 1 + n)) };
    return [
      { ...row, query: `What about case number ${n}?`, context: `user: ${greeting}\nassistant: Hello!` },
      { ...row, query: `Is ${n} certain of that?`, context: before },
      {
        ...row,
        query: `Thanks, and ${n * 7}?`,
        context: `${before}\nuser: Is ${n} certain?\nassistant: Yes.`,
      },
      { ...row, query: `Something else, ${n}, entirely`, context: `Case notes on number ${n}, by hand` },
    ];
  };
  const rows = Array.from({ length: 50 }, (_, n) => talk(n, n % 2 ? 'Hi' : 'Good day')).flat();
  for (const strategy of ['stratified', 'temporal', 'by_user'] as const) {
    const { train, validation } = splitRows(rows, { strategy, seed: 3 });
    assert.ok(Math.abs(validation.length / rows.length - 0.2) < 0.05, strategy);
    const caseOf = (row: SplitRow) => (row.query.startsWith('Something') ? null : row.person);
    const trained = new Set(train.map(caseOf).filter((person) => person !== null));
    assert.ok(
      trained.isDisjointFrom(new Set(validation.map(caseOf).filter((person) => person !== null))),
      strategy,
    );
  }
});
