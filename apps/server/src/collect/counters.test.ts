import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { armMoments } from '@attune/core';
import { sql } from 'kysely';
import { databaseKinds, databaseMissing } from '../platform/db/test-database.ts';
import { newId } from '../platform/ids.ts';
import { openTestCollect } from './testing/open-test-collect.ts';

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`counters on ${kind}`, { skip }, () => {
    test('answers of a span are told with how people received them, some drawn at random', async () => {
      const { call, answered, room, application, organization } = await openTestCollect(kind);
      const give = (response_id: string, body: object) =>
        call('giveFeedback', { body: { response_id, ...body } }, application);
      const before = new Date(Date.now() - 1000);
      const given = () => answered({ responseId: newId() });
      const [mixed, neither, thumbs, remark] = [given(), given(), given(), given()];
      await give(mixed, { user_id: 'a', rating: 5 });
      await give(mixed, { user_id: 'b', rating: 2 });
      await give(neither, { rating: 3 });
      await give(thumbs, { thumbs: 'up' });
      await give(remark, { comment: 'hm' });
      const to = new Date(Date.now() + 1000);
      const { total, drawn } = await room.receivedAnswers({ organization, from: before, to }, 10);
      assert.equal(total, 3);
      const of = (id: string) => drawn.find(({ responseId }) => responseId === id);
      assert.deepEqual(of(mixed), { responseId: mixed, rating: 3.5, positive: 0.5 });
      assert.deepEqual(of(neither), { responseId: neither, rating: 3, positive: null });
      assert.deepEqual(of(thumbs), { responseId: thumbs, rating: null, positive: 1 });
      const fewer = await room.receivedAnswers({ organization, from: before, to }, 2);
      assert.deepEqual([fewer.total, fewer.drawn], [3, drawn.slice(0, 2)]);
      const earlier = await room.receivedAnswers(
        { organization, from: new Date('0001-01-01'), to: before },
        10,
      );
      assert.deepEqual(earlier, { total: 0, drawn: [] });
    });

    test('count what stands, per model version', async () => {
      const { call, answered, room, application, organization } = await openTestCollect(kind);
      const give = (rewardModel: string | null, body: object) =>
        call('giveFeedback', { body: { response_id: answered({ rewardModel }), ...body } }, application);
      const first = await give('reward@1.0.0', { rating: 3.7, thumbs: 'up' });
      const second = await give('reward@1.0.0', { rating: 1, correction: 'Five days.' });
      await give('reward@1.0.0', { thumbs: 'down' });
      await give(null, { rating: 5 });
      await give(null, { comment: 'hm' });
      const [unscored, scored] = await room.counters(organization);
      assert.deepEqual(unscored, {
        reward_model: null,
        answers: 0,
        last_answer_at: null,
        feedback: 2,
        ratings: 1,
        average_rating: 5,
        distribution: [0, 0, 0, 0, 1],
        thumbs_up: 0,
        thumbs_down: 0,
        corrections: 0,
        trend: null,
      });
      assert.deepEqual(scored, {
        reward_model: 'reward@1.0.0',
        answers: 7,
        last_answer_at: '2026-03-01T08:00:00.000Z',
        feedback: 3,
        ratings: 2,
        average_rating: 2.35,
        distribution: [1, 0, 0, 1, 0],
        thumbs_up: 1,
        thumbs_down: 1,
        corrections: 1,
        trend: null,
      });

      await call('updateFeedback', { params: { id: first.id }, body: { rating_overall: 2 } });
      await call('deleteFeedback', { params: { id: second.id } });
      const [, after] = await room.counters(organization);
      assert.deepEqual(
        [after?.feedback, after?.ratings, after?.average_rating, after?.distribution, after?.corrections],
        [2, 1, 2, [0, 1, 0, 0, 0], 0],
      );
    });

    test('stay right while many people change their minds at once', async () => {
      const { call, answered, room, database, application, organization } = await openTestCollect(kind);
      const ids = Array.from({ length: 4 }, () => answered());
      const work = Array.from({ length: 120 }, async (_, index) => {
        const body = {
          response_id: ids[index % 4] ?? '',
          rating: 1 + ((index * 7) % 5),
          user_id: `user-${index % 6}`,
        };
        const { id } = await call('giveFeedback', { body }, application);
        if (index % 10 === 0) await call('deleteFeedback', { params: { id } }).catch(() => undefined);
        if (index % 15 === 0)
          await call('bulkUpdateFeedback', { body: { ids: [id], patch: { rating_overall: 3 } } });
      });
      await Promise.all(work);
      const { rows } = await sql<{ n: number; mean: number }>`
        SELECT count(rating_overall)::int AS n, avg(rating_overall::numeric)::float8 AS mean FROM rlhf_feedback
        WHERE organization = ${organization}`.execute(database.sql);
      const [counters] = await room.counters(organization);
      assert.equal(counters?.ratings, rows[0]?.n);
      assert.ok(Math.abs((counters?.average_rating ?? 0) - (rows[0]?.mean ?? 0)) < 1e-9);
      assert.equal(
        counters?.distribution.reduce((sum, count) => sum + count, 0),
        rows[0]?.n,
      );
    });

    test('see rows that a script writes through the views', async () => {
      const { room, database, organization } = await openTestCollect(kind);
      await sql`INSERT INTO feedback_data (organization, user_prompt, ai_response, rating) VALUES (${organization}, 'q', 'a', 4)`.execute(
        database.sql,
      );
      const [counters] = await room.counters(organization);
      assert.equal(counters?.average_rating, 4);
    });

    test('the trend compares the last 50 ratings with the 50 before', async () => {
      const { database, room, organization } = await openTestCollect(kind);
      await sql`
        INSERT INTO rlhf_feedback (organization, person, query, response, rating_overall, reward_model, created_at)
        SELECT ${organization}, 'p' || g, 'q', 'a', CASE WHEN g <= 50 THEN 2 ELSE 4.5 END, 'reward@1.0.0', now() + g * interval '1 second'
        FROM generate_series(1, 100) g`.execute(database.sql);
      const [counters] = await room.counters(organization);
      assert.equal(counters?.trend, 2.5);
    });

    test('to a ramp, the same person’s ratings are one opinion', async () => {
      const { call, answered, room, application, organization } = await openTestCollect(kind);
      const since = new Date(Date.now() - 60_000);
      const give = (user_id: string, rating: number) =>
        call(
          'giveFeedback',
          { body: { response_id: answered({ rewardModel: 'r@1.0.0' }), user_id, rating } },
          application,
        );
      for (const stars of [5, 5, 5]) await give('ann', stars);
      await give('bob', 1);
      const window = {
        organization,
        kind: 'reward' as const,
        treatment: 'r@1.0.0',
        control: null,
        starts: [since],
      };
      const [seen] = await room.rampFeedback(window);
      assert.ok(seen !== undefined && seen.step === 0 && seen.arm === 'treatment');
      const { units, n, mean, variance } = armMoments(seen.rating);
      assert.deepEqual([units, n, mean], [2, 4, 4]);
      // Ann is 3 above what 3 of hers would be at the mean, Bob 3 below: (9 + 9) / 4 · 2 / 1.
      assert.equal(variance, 9);
    });

    test('what a ramp and the alerts see leaves imports and other versions out', async () => {
      const { call, answered, room, application, organization } = await openTestCollect(kind);
      const since = new Date(Date.now() - 60_000);
      const give = (rewardModel: string, body: object) =>
        call('giveFeedback', { body: { response_id: answered({ rewardModel }), ...body } }, application);
      await give('reward@2.0.0', { rating: 2 });
      await give('reward@2.0.0', { rating: 4, safety_issue: true });
      await give('reward@2.0.0', { thumbs: 'down' });
      await give('reward@1.0.0', { rating: 1 });
      await call('importRatings', {
        body: { rows: [{ line: 1, data: { user_prompt: 'q', ai_response: 'a', rating: 1 } }] },
      });
      const window = {
        organization,
        kind: 'reward' as const,
        treatment: 'reward@2.0.0',
        control: 'reward@1.0.0',
        starts: [since],
      };
      const seen = await room.rampFeedback(window);
      const figures = seen.map(({ arm, rating, thumbs, satisfaction, reporters }) => [
        arm,
        [rating.count, rating.total],
        [thumbs.count, thumbs.total],
        [satisfaction.count, satisfaction.total],
        reporters,
      ]);
      assert.deepEqual(Object.fromEntries(figures.map(([arm, ...rest]) => [arm, rest])), {
        treatment: [[2, 6], [1, 0], [3, 1], 1],
        control: [[1, 1], [0, 0], [1, 0], 0],
      });
      const later = { ...window, starts: [new Date(Date.now() + 60_000)] };
      assert.deepEqual(await room.rampFeedback(later), []);
      const own = (row: { organization: string }) => row.organization === organization;
      const windows = { ratings: 50, reactions: 2 };
      assert.deepEqual(await room.recentReactions(organization, 'reward@2.0.0', windows), {
        ratings: [4, 2],
        negative: [true, false],
      });
      assert.deepEqual(await room.recentReactions(organization, null, windows), {
        ratings: [],
        negative: [],
      });
      assert.deepEqual(
        (await room.safetyReports(since)).filter(own).map(({ rewardModel }) => rewardModel),
        ['reward@2.0.0'],
      );
      assert.deepEqual(
        (await room.versions()).filter(own).map(({ rewardModel }) => rewardModel),
        ['reward@1.0.0', 'reward@2.0.0', null],
      );
    });
  });
}
