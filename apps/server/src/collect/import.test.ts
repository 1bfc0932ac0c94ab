import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { earlierTurns } from '@attune/core';
import { databaseKinds, databaseMissing } from '../platform/db/test-database.ts';
import { openTestCollect } from './testing/open-test-collect.ts';

const lines = (...rows: Record<string, unknown>[]) => ({
  body: { rows: rows.map((data, index) => ({ line: index + 2, data })) },
});
const rating = (n: number) => ({
  user_prompt: `Question ${n}?`,
  ai_response: `Answer ${n}.`,
  rating: 1 + (n % 5),
  user_id: `u${n % 3}`,
});

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`imports on ${kind}`, { skip }, () => {
    test('of ratings keep the good rows, name the bad ones, and never double', async () => {
      const { call, room, organization } = await openTestCollect(kind);
      const file = lines(rating(1), { ...rating(2), rating: 9 }, rating(3), rating(3), {
        ...rating(4),
        rating_dimensions: { accuracy: 5 },
        feedback_comment: 'why',
        created_at: '2026-02-03T04:05:06Z',
      });
      const first = await call('importRatings', file);
      assert.deepEqual([first.imported, first.already_there], [3, 1]);
      assert.deepEqual(
        first.errors.map(({ line, param }) => [line, param]),
        [[3, 'rating']],
      );
      const second = await call('importRatings', file);
      assert.deepEqual([second.imported, second.already_there], [0, 4]);
      const { items } = await call('listFeedback', { query: { source: 'import' } });
      assert.equal(items.length, 3);
      const dated = items.find(({ text_feedback }) => text_feedback === 'why');
      assert.equal(dated?.created_at, '2026-02-03T04:05:06.000Z');
      assert.equal(dated?.feedback_type, 'detailed');
      assert.deepEqual(dated?.rating_dimensions, { accuracy: 5 });
      const counters = await room.counters(organization);
      assert.equal(counters[0]?.ratings, 3);
    });

    test('of the same file by two people at once take each row once', async () => {
      const { call } = await openTestCollect(kind);
      const rows = Array.from({ length: 300 }, (_, n) => rating(n));
      const results = await Promise.all([
        call('importRatings', lines(...rows)),
        call('importRatings', lines(...rows.toReversed())),
      ]);
      assert.equal(
        results.reduce((sum, { imported }) => sum + imported, 0),
        300,
      );
    });

    test('keep what was said before the question, of conversations and of ratings', async () => {
      const { call } = await openTestCollect(kind);
      const messages = [
        { role: 'system', content: 'You are kind.' },
        { role: 'user', content: 'How do vaccines work?' },
        { role: 'assistant', content: 'They train the immune system.' },
        { role: 'user', content: 'And for children?' },
        { role: 'assistant', content: 'The same.' },
      ];
      await call('importConversations', lines({ messages, rating: 5 }));
      const context = earlierTurns(messages.slice(0, -1));
      assert.equal(context, 'user: How do vaccines work?\nassistant: They train the immune system.');
      const asked = { ...rating(1), user_prompt: 'And for children?' };
      await call('importRatings', lines({ ...asked, context }, asked));
      const { items } = await call('listFeedback', { query: { source: 'import' } });
      assert.deepEqual(items.map(({ query_context }) => query_context).sort(), ['', context, context]);
    });

    test('in one organisation leave another alone', async () => {
      const { call, stranger } = await openTestCollect(kind);
      await call('importRatings', lines(rating(1)));
      const theirs = await call('importRatings', lines(rating(1)), stranger);
      assert.equal(theirs.imported, 1);
    });

    test('of conversations make answers, and feedback where rated', async () => {
      const { call } = await openTestCollect(kind);
      const turns = [
        { role: 'user', content: 'Hi, how long?' },
        { role: 'assistant', content: 'Ten days.' },
      ];
      const file = lines(
        { messages: turns, rating: '4', user_id: 'ann', session_id: 's' },
        { messages: turns },
        { messages: turns.slice(1) },
        { messages: 'none' },
        { messages: turns, rating: 9 },
      );
      const first = await call('importConversations', file);
      assert.deepEqual([first.imported, first.already_there], [2, 0]);
      assert.deepEqual(
        first.errors.map(({ line, param }) => [line, param]),
        [
          [4, 'messages'],
          [5, 'messages'],
          [6, 'rating'],
        ],
      );
      const { items } = await call('listFeedback', {});
      assert.equal(items.length, 1);
      assert.deepEqual(
        [items[0]?.query, items[0]?.response, items[0]?.user_id, items[0]?.session_id],
        ['Hi, how long?', 'Ten days.', 'ann', 's'],
      );
      assert.notEqual(items[0]?.response_id, null);
      const second = await call('importConversations', file);
      assert.deepEqual([second.imported, second.already_there], [0, 2]);
    });
  });
}
