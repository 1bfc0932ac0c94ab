import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { AttuneError, type ErrorCode, type FeedbackInput } from '@attune/contracts';
import type { z } from 'zod';
import { databaseKinds, databaseMissing } from '../platform/db/test-database.ts';
import type { Caller } from '../platform/http/caller.ts';
import { openTestCollect } from './testing/open-test-collect.ts';

const failsWith = (code: ErrorCode) => (error: unknown) =>
  error instanceof AttuneError && error.code === code;

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`feedback on ${kind}`, { skip }, () => {
    test('is in the next list, with what the answer adds', async () => {
      const { call, answered, recorded, application } = await openTestCollect(kind);
      const response_id = answered({ userId: 'ann' });
      const given = await call('giveFeedback', { body: { response_id, rating: 4.5 } }, application);
      const { items } = await call('listFeedback', {});
      assert.deepEqual(items, [given]);
      assert.equal(given.query, 'How long is quarantine?');
      assert.equal(given.response, 'Ten days.');
      assert.equal(given.session_id, 'session-1');
      assert.equal(given.user_id, 'ann');
      assert.equal(given.reward_model, 'reward@1.0.0');
      assert.equal(given.policy, 'documents');
      assert.equal(given.rating_overall, 4.5);
      assert.equal(given.status, 'pending');
      assert.equal(given.source, 'user');
      assert.deepEqual(
        recorded.map(({ id, isNew }) => ({ id, isNew })),
        [{ id: given.id, isNew: true }],
      );
    });

    test('blanks are no correction and no reason', async () => {
      const { call, answered } = await openTestCollect(kind);
      const response_id = answered();
      const blank: Omit<z.input<typeof FeedbackInput>, 'response_id'>[] = [
        { correction: ' \n ' },
        { thumbs: 'down', reasons: [' '] },
        { rating: 2, tags: ['\t'] },
      ];
      for (const said of blank) {
        await assert.rejects(
          call('giveFeedback', { body: { response_id, ...said } }),
          failsWith('invalid_request'),
        );
      }
      assert.deepEqual((await call('listFeedback', {})).items, []);
    });

    test('keeps every kind of reaction', async () => {
      const { call, answered } = await openTestCollect(kind);
      const given = await call('giveFeedback', {
        body: {
          response_id: answered(),
          thumbs: 'down',
          rating: 2,
          rating_dimensions: { accuracy: 1, clarity: 4 },
          comment: 'Outdated \u0000 since May',
          correction: 'Five days.',
          safety_issue: true,
          tags: ['stale'],
        },
      });
      assert.equal(given.feedback_type, 'correction');
      assert.equal(given.reaction_type, 'thumbs_down');
      assert.equal(given.text_feedback, 'Outdated \uFFFD since May');
      assert.deepEqual(given.rating_dimensions, { accuracy: 1, clarity: 4 });
      assert.deepEqual(given.tags, ['stale']);
      assert.deepEqual(given.feedback_value, {
        rating: 2,
        thumbs: 'down',
        correction: 'Five days.',
        safety_issue: true,
      });
      assert.equal(given.source, 'expert');
      assert.equal(given.curator_email, 'curator@example.com');
    });

    test('again by the same person replaces, keeps history and waits for review again', async () => {
      const { call, answered, database, recorded, application, organization } = await openTestCollect(kind);
      const response_id = answered();
      const first = await call(
        'giveFeedback',
        { body: { response_id, rating: 5, comment: 'good' } },
        application,
      );
      await call('updateFeedback', { params: { id: first.id }, body: { status: 'approved' } });
      const second = await call('giveFeedback', { body: { response_id, thumbs: 'down' } }, application);
      assert.equal(second.id, first.id);
      assert.equal(second.created_at, first.created_at);
      assert.equal(second.rating_overall, null);
      assert.equal(second.text_feedback, 'good');
      assert.equal(second.status, 'pending');
      assert.deepEqual(
        recorded.map(({ isNew }) => isNew),
        [true, false],
      );
      const history = await database.sql
        .selectFrom('feedback_history')
        .selectAll()
        .where('organization', '=', organization)
        .orderBy('id')
        .execute();
      assert.deepEqual(
        history.map(({ was }) => [was.rating_overall, was.status]),
        [
          [5, 'pending'],
          [5, 'approved'],
        ],
      );
    });

    test('the same words again change nothing', async () => {
      const { call, answered, database, organization } = await openTestCollect(kind);
      const body = { response_id: answered(), rating: 3, rating_dimensions: { clarity: 3 } };
      const first = await call('giveFeedback', { body });
      await call('updateFeedback', { params: { id: first.id }, body: { status: 'approved' } });
      const second = await call('giveFeedback', { body });
      assert.equal(second.status, 'approved');
      assert.equal(
        (
          await database.sql
            .selectFrom('feedback_history')
            .selectAll()
            .where('organization', '=', organization)
            .execute()
        ).length,
        1,
      );
    });

    test('two people, or one person by two names, are two feedbacks', async () => {
      const { call, answered, application } = await openTestCollect(kind);
      const response_id = answered();
      await call('giveFeedback', { body: { response_id, rating: 1, user_id: 'ann' } }, application);
      await call('giveFeedback', { body: { response_id, rating: 2, user_id: 'ben' } }, application);
      await call('giveFeedback', { body: { response_id, rating: 3 } });
      const { items } = await call('listFeedback', { query: { response_id } });
      assert.deepEqual(items.map(({ user_id }) => user_id).sort(), ['ann', 'ben', 'member:1']);
    });

    test('sent many times at once by one person is one feedback, counted once', async () => {
      const { call, answered, room, application, organization } = await openTestCollect(kind);
      const response_id = answered();
      const ratings = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5];
      await Promise.all(
        ratings.map((rating) => call('giveFeedback', { body: { response_id, rating } }, application)),
      );
      const { items } = await call('listFeedback', {});
      assert.equal(items.length, 1);
      const [counters] = await room.counters(organization);
      assert.equal(counters?.ratings, 1);
      assert.equal(counters?.average_rating, items[0]?.rating_overall);
    });
  });
}

describe('who may speak', () => {
  test('nobody about answers that do not exist or belong to others', async () => {
    const { call, answered, recorded, stranger } = await openTestCollect('pglite');
    const theirs = answered({}, stranger.organization);
    for (const response_id of [randomUUID(), theirs]) {
      await assert.rejects(
        call('giveFeedback', { body: { response_id, rating: 1 } }),
        failsWith('response_not_found'),
      );
    }
    assert.deepEqual(recorded, []);
  });

  test('a feedback token about its own answer only, in the name of its user', async () => {
    const { call, answered, application } = await openTestCollect('pglite');
    const response_id = answered();
    const feedbackFor = { responseId: response_id, userId: 'ann' };
    const token: Caller = {
      ...application,
      kind: 'feedback_token',
      role: 'rater',
      principal: `token:${response_id}`,
      email: null,
      feedbackFor,
    };
    const given = await call('giveFeedback', { body: { response_id, thumbs: 'up', user_id: 'eve' } }, token);
    assert.equal(given.user_id, 'ann');
    const another = answered();
    await assert.rejects(
      call('giveFeedback', { body: { response_id: another, thumbs: 'up' } }, token),
      failsWith('forbidden'),
    );
  });

  test('nobody more often than allowed, each person for themselves', async () => {
    const { call, answered, application } = await openTestCollect('pglite', {
      ATTUNE_FEEDBACK_PER_MINUTE: '2',
    });
    const give = (user_id: string) =>
      call('giveFeedback', { body: { response_id: answered(), rating: 3, user_id } }, application);
    await give('ann');
    await give('ann');
    await assert.rejects(give('ann'), (error: unknown) => {
      assert.ok(error instanceof AttuneError && error.code === 'rate_limited');
      assert.ok((error.details.retryAfterSeconds ?? 0) > 0 && (error.details.retryAfterSeconds ?? 0) <= 60);
      return true;
    });
    await give('ben');
  });
});

test('a safety report is told once, and again after it was taken back', async () => {
  const { call, answered, recorded, application } = await openTestCollect('pglite');
  const response_id = answered();
  for (const safety_issue of [true, true, false, true]) {
    await call('giveFeedback', { body: { response_id, thumbs: 'down', safety_issue } }, application);
  }
  assert.deepEqual(
    recorded.map(({ safetyReported }) => safetyReported),
    [true, false, false, true],
  );
});
