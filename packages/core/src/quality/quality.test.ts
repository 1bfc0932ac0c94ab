import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  capPersons,
  checkQuality,
  dropBots,
  dropOutliers,
  dropRepeats,
  dropSpam,
  isGibberish,
  seededRandom,
  type TrainingFeedback,
} from '../index.ts';
import { feedback } from '../testing/feedback.ts';

const reasons = (rows: readonly { reason: string }[]) => rows.map(({ reason }) => reason);
const times = (n: number, make: (k: number) => Partial<TrainingFeedback>) =>
  Array.from({ length: n }, (_, k) => feedback(make(k)));

test('spam: nothing said, random typing, addresses', () => {
  const rows = [
    feedback({ response: ' \n' }),
    feedback({ query: '' }),
    feedback({ comment: 'asdfgh jkl qwerty' }),
    feedback({ correction: 'http://a.example http://b.example www.c.example buy now' }),
    feedback({ comment: 'See https://example.org/vaccines, which has the answer to this question.' }),
    feedback({ comment: 'ok' }),
    feedback({ response: 'Sources: https://a.example https://b.example https://c.example' }),
  ];
  const { kept, dropped } = dropSpam(rows);
  assert.deepEqual(reasons(dropped), ['empty_answer', 'empty_query', 'gibberish', 'address_spam']);
  assert.deepEqual(kept, rows.slice(4));
});

test('spam: one long comment again and again by one person stays once', () => {
  const comment = 'This answer is really very helpful indeed';
  const rows = [
    ...times(4, () => ({ person: 'p', comment })),
    ...times(2, () => ({ person: 'q', comment })),
    ...times(5, () => ({ person: 'r', comment: 'Good answer' })),
  ];
  const { dropped } = dropSpam(rows);
  assert.deepEqual(
    dropped.map(({ reason, row }) => [reason, row.person]),
    new Array(3).fill(['repeated_comment', 'p']),
  );
});

test('gibberish is told from terse, foreign and abbreviated language', () => {
  for (const text of ['asdf', 'aaaaaaaa', 'xkcdqwrtz', 'hjkl hjkl hjkl', 'фывапр'])
    assert.ok(isGibberish(text), text);
  for (const text of [
    'rhythm',
    'NHS CDC',
    'Не помогло',
    '说得不错',
    'no',
    '???',
    'Sooo good, thanks',
    'strengths',
  ]) {
    assert.ok(!isGibberish(text), text);
  }
});

test('bots: more than a person can read in a minute', () => {
  const start = Date.UTC(2026, 5, 1);
  const burst = (person: string, gap: number, source = 'user') =>
    times(25, (k) => ({ person, rating: 1 + (k % 5), createdAt: new Date(start + k * gap), source }));
  const { dropped } = dropBots([
    ...burst('fast', 1000),
    ...burst('slow', 10_000),
    ...burst('imported', 0, 'import'),
  ]);
  assert.equal(dropped.length, 25);
  assert.ok(dropped.every(({ reason, row }) => reason === 'inhuman_rate' && row.person === 'fast'));
});

test('bots: always the same rating where others vary, but not where everybody is happy', () => {
  const varied = times(200, (k) => ({ rating: 1 + (k % 5) }));
  const constant = times(30, () => ({ person: 'constant', rating: 5 }));
  assert.deepEqual(
    new Set(reasons(dropBots([...varied, ...constant]).dropped)),
    new Set(['constant_rating']),
  );
  const happy = times(200, (k) => ({ rating: k % 10 === 0 ? 4 : 5 }));
  assert.deepEqual(dropBots([...happy, ...constant]).dropped, []);
  assert.deepEqual(dropBots(constant).dropped, []);
});

test('outliers: who disagrees with everybody is dropped, who is a little strict is not', () => {
  const rows = ['a', 'b', 'c', 'd', 'strict', 'contrary'].flatMap((person) =>
    times(12, (k) => {
      const good = k % 2 === 0;
      const ratings =
        { strict: good ? 4 : 1, contrary: good ? 1 : 5 }[person] ?? (good ? 5 : 2 - (k % 3 === 0 ? 1 : 0));
      return { person, response: `answer ${k}`, rating: ratings };
    }),
  );
  const { dropped } = dropOutliers(rows);
  assert.equal(dropped.length, 12);
  assert.ok(dropped.every(({ row }) => row.person === 'contrary'));
  assert.deepEqual(dropOutliers(rows.filter(({ person }) => ['a', 'contrary'].includes(person))).dropped, []);
});

test('repeats: a person counts once for an answer, two people count twice', () => {
  const rows = [
    feedback({ person: 'p', response: 'Wash your hands.' }),
    feedback({ person: 'p', response: 'wash your hands' }),
    feedback({ person: 'p', response: 'Wash your hands.', rating: 1 }),
    feedback({ person: 'q', response: 'Wash your hands.' }),
    feedback({ person: 'p', response: 'Wash your hands.', query: 'Another question' }),
  ];
  const { dropped } = dropRepeats(rows);
  assert.deepEqual(dropped, [{ reason: 'near_duplicate', row: rows[1] }]);
});

test('person cap: nobody contributes more than a fifth, as much as possible is kept', () => {
  const rows = [...times(50, () => ({ person: 'busy' })), ...times(40, () => ({}))];
  const { kept, unreachable } = capPersons(rows, 0.2, 1);
  assert.equal(kept.filter(({ person }) => person === 'busy').length, 10);
  assert.equal(kept.length, 50);
  assert.equal(unreachable, false);
});

test('person cap: too few people cannot be capped and the result says so', () => {
  const rows = [...times(50, () => ({ person: 'a' })), ...times(40, () => ({ person: 'b' }))];
  assert.deepEqual(capPersons(rows, 0.2, 1), { kept: rows, dropped: [], unreachable: true });
  assert.equal(checkQuality(rows, { seed: 1, personCap: 0.2, bots: { perMinute: 100 } }).warnings.length, 1);
  assert.throws(() => capPersons(rows, 0, 1), RangeError);
});

test('person cap holds on random data, and one more row each would break it', () => {
  const random = seededRandom(4);
  for (let run = 0; run < 100; run++) {
    const people = 2 + Math.floor(random() * 20);
    const rows = times(200, () => ({ person: `p${Math.floor(random() ** 3 * people)}` }));
    const { kept, unreachable } = capPersons(rows, 0.3, run);
    if (unreachable) continue;
    const most = Math.max(
      ...[...Map.groupBy(kept, ({ person }) => person).values()].map(({ length }) => length),
    );
    assert.ok(most <= 0.3 * kept.length + 1e-9);
  }
});

test('all checks together account for every row once', () => {
  const rows = [
    feedback({ response: '' }),
    ...times(60, () => ({ person: 'busy', rating: 5 })),
    ...times(100, (k) => ({ rating: 1 + (k % 5) })),
  ];
  const { kept, dropped, warnings } = checkQuality(rows, { seed: 1 });
  assert.equal(kept.length + dropped.length, rows.length);
  assert.equal(new Set([...kept, ...dropped.map(({ row }) => row)]).size, rows.length);
  assert.deepEqual(new Set(reasons(dropped)), new Set(['empty_answer', 'constant_rating']));
  assert.deepEqual(warnings, []);
  assert.deepEqual(checkQuality([], { seed: 1 }), { kept: [], dropped: [], warnings: [] });
});
