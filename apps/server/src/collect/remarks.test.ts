import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { databaseKinds, databaseMissing } from '../platform/db/test-database.ts';
import { failsWith } from './testing/fails-with.ts';
import { openTestCollect } from './testing/open-test-collect.ts';

const steps = [
  { index: 0, kind: 'reasoning' as const, title: 'Think', text: 'Think about it.' },
  { index: 1, kind: 'tool' as const, title: 'search', text: '{"q":"quarantine"}' },
];
const candidates = [
  { id: 'c1', text: 'Ten days.' },
  { id: 'c2', text: 'Five days.' },
  { id: 'c3', text: 'Ask a doctor.' },
];
const note = {
  quote: { exact: 'Ten', prefix: '', suffix: ' days' },
  position: { start: 40, end: 43 },
  label: 'wrong fact',
  severity: 'major' as const,
};
const vote = { left: 'c1', right: 'c2', verdict: 'right', chosen: 'c2', rejected: 'c1' } as const;

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`remarks on parts of an answer, on ${kind}`, { skip }, () => {
    test('stand beside each other and beside the rating, one for each target', async () => {
      const { call, answered, recorded } = await openTestCollect(kind);
      const response_id = answered({ steps, candidates });
      const step = (index: number, as: 'reasoning' | 'tool') => ({ index, kind: as, mark: 'bad' as const });
      await call('giveFeedback', { body: { response_id, rating: 2, reasons: ['wrong', 'too short'] } });
      await call('giveFeedback', { body: { response_id, step: step(0, 'reasoning') } });
      await call('giveFeedback', { body: { response_id, step: step(1, 'tool') } });
      const first = await call('giveFeedback', { body: { response_id, note } });
      await call('giveFeedback', { body: { response_id, note } });
      await call('giveFeedback', { body: { response_id, comparison: vote } });
      const { items } = await call('listMyFeedback', { query: { response_id } });
      assert.deepEqual(items.map(({ feedback_type }) => feedback_type).reverse(), [
        'detailed',
        'step',
        'step',
        'inline',
        'inline',
        'comparison',
      ]);
      assert.equal(new Set(items.map(({ target }) => target)).size, 6);
      assert.match(first.target, /^note:[0-9a-f-]{36}$/);
      assert.deepEqual(items.at(-1)?.feedback_value, { rating: 2, reasons: ['wrong', 'too short'] });
      assert.deepEqual(recorded.map(({ type, rating, isNew }) => [type, rating, isNew]).slice(0, 2), [
        ['detailed', 2, true],
        ['step', null, true],
      ]);
    });

    test('again on the same target replace, keep history and wait for review again', async () => {
      const { call, answered, recorded, database } = await openTestCollect(kind);
      const response_id = answered({ steps });
      const give = (mark: 'good' | 'bad', comment?: string) =>
        call('giveFeedback', {
          body: { response_id, step: { index: 0, kind: 'reasoning', mark, ...(comment && { comment }) } },
        });
      const { id } = await give('bad');
      await call('updateFeedback', { params: { id }, body: { status: 'approved' } });
      const same = await give('bad');
      assert.equal(same.status, 'approved');
      const now = await give('good', 'Sound after all');
      assert.equal(now.id, id);
      assert.equal(now.status, 'pending');
      assert.equal(now.text_feedback, 'Sound after all');
      assert.deepEqual(now.feedback_value, {
        step: {
          index: 0,
          kind: 'reasoning',
          mark: 'good',
          comment: 'Sound after all',
          title: 'Think',
          text: 'Think about it.',
        },
      });
      assert.deepEqual(
        recorded.map(({ isNew }) => isNew),
        [true, false, false],
      );
      const history = await database.sql
        .selectFrom('feedback_history')
        .select('was')
        .where('feedback_id', '=', id)
        .execute();
      assert.equal(history.length, 2);
    });

    test('sent many times at once are one', async () => {
      const { call, answered } = await openTestCollect(kind);
      const response_id = answered({ candidates });
      const again = { ...note, id: randomUUID() };
      const sent = Array.from({ length: 8 }, (_, n) => ({
        response_id,
        note: { ...again, label: `l${n % 3}` },
      }));
      await Promise.all(sent.map((body) => call('giveFeedback', { body })));
      assert.equal((await call('listMyFeedback', { query: { response_id } })).items.length, 1);
    });

    test('count as feedback where they are about the whole, never as ratings', async () => {
      const { call, answered, room, organization, recorded } = await openTestCollect(kind);
      const response_id = answered({ steps, candidates });
      await call('giveFeedback', { body: { response_id, rating: 4 } });
      const marked = await call('giveFeedback', {
        body: { response_id, step: { index: 0, kind: 'reasoning', mark: 'bad' } },
      });
      await call('giveFeedback', { body: { response_id, note } });
      await call('giveFeedback', { body: { response_id, comparison: vote } });
      const counted = async () => {
        const [{ feedback, ratings, average_rating } = assert.fail('no counters')] =
          await room.counters(organization);
        return { feedback, ratings, average_rating };
      };
      assert.deepEqual(await counted(), { feedback: 2, ratings: 1, average_rating: 4 });
      await call('takeBackFeedback', { params: { id: marked.id } });
      assert.deepEqual(await counted(), { feedback: 2, ratings: 1, average_rating: 4 });
      assert.equal(recorded.filter(({ rating }) => rating !== null).length, 1);
      const { items } = await call('listFeedback', { query: { feedback_type: 'inline' } });
      assert.equal(items.length, 1);
    });
  });
}

describe('a note', () => {
  test('is anchored in the raw text, whatever the client counted in', async () => {
    const { call, answered } = await openTestCollect('pglite');
    const response = 'It takes **ten days**.\n\nSometimes *ten days* more 🛌.';
    const quote = { exact: 'ten days more 🛌', prefix: 'Sometimes ', suffix: '.' };
    const { feedback_value } = await call('giveFeedback', {
      body: { response_id: answered({ response }), note: { ...note, quote, position: { start: 3, end: 9 } } },
    });
    const { note: kept } = feedback_value as { note: { position: { start: number; end: number } } };
    assert.equal(response.slice(kept.position.start, kept.position.end), 'ten days* more 🛌');
  });

  test('on a text that is not in the answer is refused', async () => {
    const { call, answered } = await openTestCollect('pglite');
    const quote = { exact: 'No such words in it', prefix: '', suffix: '' };
    const given = call('giveFeedback', { body: { response_id: answered(), note: { ...note, quote } } });
    await assert.rejects(given, failsWith('quote_not_found', 'note.quote.exact'));
  });

  test('with broken characters is kept', async () => {
    const { call, answered } = await openTestCollect('pglite');
    const body = { response_id: answered(), note: { ...note, label: 'nul \0', comment: 'half \ud83d' } };
    const { text_feedback } = await call('giveFeedback', { body });
    assert.equal(text_feedback, 'half \ufffd');
  });
});

describe('a mark on a step', () => {
  const mark = { index: 7, kind: 'tool' as const, mark: 'good' as const };
  test('that the answer does not have is refused', async () => {
    const { call, answered } = await openTestCollect('pglite');
    const response_id = answered({ steps });
    await assert.rejects(
      call('giveFeedback', { body: { response_id, step: mark } }),
      failsWith('step_not_found', 'step.index'),
    );
    await assert.rejects(
      call('giveFeedback', { body: { response_id, step: { ...mark, index: 0 } } }),
      failsWith('step_not_found'),
      'of another kind',
    );
  });

  test('of an answer whose steps only the application knows is taken', async () => {
    const { call, answered } = await openTestCollect('pglite');
    const { target } = await call('giveFeedback', { body: { response_id: answered(), step: mark } });
    assert.equal(target, 'step:7');
  });
});

describe('a comparison', () => {
  test('keeps both texts, and is the same whichever side the two were on', async () => {
    const { call, answered } = await openTestCollect('pglite');
    const response_id = answered({ candidates });
    const first = await call('giveFeedback', {
      body: { response_id, comparison: { ...vote, strength: 0.5 }, comment: 'shorter', reasons: ['concise'] },
    });
    assert.deepEqual(first.feedback_value, {
      comparison: { ...vote, strength: 0.5, left_text: 'Ten days.', right_text: 'Five days.' },
      reasons: ['concise'],
    });
    assert.equal(first.text_feedback, 'shorter');
    const swapped = { left: 'c2', right: 'c1', verdict: 'tie', chosen: null, rejected: null } as const;
    const second = await call('giveFeedback', { body: { response_id, comparison: swapped } });
    assert.equal(second.id, first.id);
  });

  test('with a candidate that was not written is refused', async () => {
    const { call, answered } = await openTestCollect('pglite');
    const comparison = { ...vote, right: 'c9', chosen: 'c9' };
    await assert.rejects(
      call('giveFeedback', { body: { response_id: answered({ candidates }), comparison } }),
      failsWith('candidate_not_found', 'comparison.right'),
    );
  });
});

describe('refused as it is sent', () => {
  const cases: [string, Record<string, unknown>, string][] = [
    ['a step with a rating', { step: { index: 0, kind: 'tool', mark: 'good' }, rating: 5 }, 'rating'],
    ['a step with a note', { step: { index: 0, kind: 'tool', mark: 'good' }, note }, 'note'],
    [
      'a step under another type',
      { step: { index: 0, kind: 'tool', mark: 'good' }, feedback_type: 'rating' },
      'feedback_type',
    ],
    ['a type without its part', { feedback_type: 'inline', comment: 'x' }, 'feedback_type'],
    ['a negative step', { step: { index: -1, kind: 'tool', mark: 'good' } }, 'step.index'],
    [
      'a position that ends before it begins',
      { note: { ...note, position: { start: 3, end: 2 } } },
      'note.position.end',
    ],
    ['an empty quote', { note: { ...note, quote: { exact: '' } } }, 'note.quote.exact'],
    [
      'a candidate against itself',
      { comparison: { ...vote, right: 'c1', chosen: 'c1' } },
      'comparison.right',
    ],
    [
      'a verdict that the choice contradicts',
      { comparison: { ...vote, verdict: 'left' } },
      'comparison.verdict',
    ],
    ['a tie with a winner', { comparison: { ...vote, verdict: 'tie' } }, 'comparison.verdict'],
    ['too clear a choice', { comparison: { ...vote, strength: 1.5 } }, 'comparison.strength'],
    ['too many reasons', { reasons: Array.from({ length: 21 }, () => 'x') }, 'reasons'],
  ];
  for (const [name, body, param] of cases) {
    test(name, async () => {
      const { call, answered } = await openTestCollect('pglite');
      const sent = { response_id: answered({ steps, candidates }), ...body };
      await assert.rejects(call('giveFeedback', { body: sent }), failsWith('invalid_request', param));
    });
  }
});

test('marks have a limit of their own', async () => {
  const { call, answered, application } = await openTestCollect('pglite', {
    ATTUNE_FEEDBACK_PER_MINUTE: '1',
    ATTUNE_MARKS_PER_MINUTE: '3',
  });
  const response_id = answered({ steps });
  const mark = (index: 0 | 1) =>
    call(
      'giveFeedback',
      { body: { response_id, step: { index, kind: steps[index]?.kind ?? 'tool', mark: 'good' } } },
      application,
    );
  await mark(0);
  await mark(1);
  await call('giveFeedback', { body: { response_id, thumbs: 'up' } }, application);
  await call('giveFeedback', { body: { response_id, note } }, application);
  await assert.rejects(mark(0), failsWith('rate_limited'));
  await assert.rejects(
    call('giveFeedback', { body: { response_id, thumbs: 'down' } }, application),
    failsWith('rate_limited'),
  );
});
