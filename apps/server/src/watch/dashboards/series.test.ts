import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Endpoints, SentBy, Series } from '@attune/contracts';
import { clearScript } from '@attune/core';
import { sql } from 'kysely';
import { databaseKinds, databaseMissing } from '../../platform/db/test-database.ts';
import { foldHours } from '../rollups/fold-hours.ts';
import { openTestDashboards, type TestDashboards } from './testing/open-test-dashboards.ts';

const NOW = '2026-03-10T12:00:00Z';
type Query = SentBy<Endpoints['dashboardSeries']>['query'];
type Metric = Query['metric'];

function seriesOf(room: TestDashboards, metric: Metric, query: Partial<Query> = {}): Promise<Series> {
  return room.call('dashboardSeries', { query: { ...query, metric } });
}

/** Each line as its segment with the value and n of the whole range. */
async function wholes(room: TestDashboards, metric: Metric, query: Partial<Query> = {}) {
  const { lines } = await seriesOf(room, metric, query);
  return Object.fromEntries(lines.map(({ segment, whole }) => [segment ?? '', [whole.value, whole.n]]));
}

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`metrics over time on ${kind}`, { skip }, () => {
    test('answers and feedback are summed by hour and day, imported and machine ones left out', async () => {
      const room = await openTestDashboards(kind, NOW);
      const first = await room.answer({ at: '2026-03-09T23:59:59Z', milliseconds: 200, tokens: [10, 30] });
      for (const at of ['2026-03-10T00:00:00Z', '2026-03-10T08:30:00Z']) {
        await room.answer({ at, milliseconds: 400 });
      }
      await room.answer({ at: '2026-03-10T08:31:00Z', status: 'failed' });
      await room.answer({ at: '2026-03-10T08:32:00Z', status: 'open' });
      await room.answer({ at: '2026-03-10T08:33:00Z', importKey: 'elsewhere' });
      const ratings = [5, 4, 3, 1, 5];
      for (const rating of ratings) await room.say({ at: '2026-03-10T09:00:00Z', answer: first, rating });
      await room.say({ at: '2026-03-10T09:00:00Z', answer: first, rating: 1, source: 'model' });
      await room.sum();

      const answers = await seriesOf(room, 'answers', { from: '2026-03-09T12:00:00Z', to: NOW });
      assert.equal(answers.step, 'hour');
      assert.deepEqual(
        answers.lines[0]?.points.map(({ at, value }) => [at, value]),
        [
          ['2026-03-09T23:00:00.000Z', 1],
          ['2026-03-10T00:00:00.000Z', 1],
          ['2026-03-10T08:00:00.000Z', 1],
        ],
      );
      const days = await seriesOf(room, 'answers', { step: 'day' });
      assert.deepEqual(
        days.lines[0]?.points.map(({ at, value }) => [at.slice(0, 10), value]),
        [
          ['2026-03-09', 1],
          ['2026-03-10', 2],
        ],
      );
      assert.equal(days.catching_up, false);

      const rating = await seriesOf(room, 'rating');
      assert.equal(rating.lines[0]?.whole.value, 3.6);
      assert.equal(rating.lines[0]?.whole.n, 5);
      assert.deepEqual(await wholes(room, 'satisfaction'), { '': [0.6, 5] });
      // Four questions ended, which is too few to say a share of.
      assert.deepEqual(await wholes(room, 'error_rate'), { '': [null, 4] });
      assert.deepEqual(await wholes(room, 'tokens'), { '': [null, 1] });
    });

    test('what is changed, taken back or erased later is right in the end', async () => {
      const room = await openTestDashboards(kind, NOW);
      const { db, organization } = room;
      const answer = await room.answer({ at: '2026-03-08T10:00:00Z' });
      const said = [];
      for (let n = 0; n < 6; n++)
        said.push(await room.say({ at: '2026-03-09T10:00:00Z', answer, rating: 5 }));
      await room.sum();
      assert.deepEqual(await wholes(room, 'satisfaction'), { '': [1, 6] });
      assert.deepEqual(await wholes(room, 'answers'), { '': [1, 1] });

      await sql`UPDATE rlhf_feedback SET rating_overall = 1 WHERE id = ${said[0]}`.execute(db);
      assert.equal((await seriesOf(room, 'satisfaction')).catching_up, true);
      await room.sum();
      assert.deepEqual(await wholes(room, 'satisfaction'), { '': [5 / 6, 6] });

      // A review changes nothing that is counted.
      await sql`UPDATE rlhf_feedback SET status = 'approved', tags = '{ok}' WHERE organization = ${organization}`.execute(
        db,
      );
      assert.equal((await seriesOf(room, 'satisfaction')).catching_up, false);

      await sql`DELETE FROM rlhf_feedback WHERE id = ${said[0]}`.execute(db);
      await room.sum();
      assert.deepEqual(await wholes(room, 'satisfaction'), { '': [1, 5] });
      await sql`DELETE FROM rlhf_feedback WHERE organization = ${organization}`.execute(db);
      await sql`DELETE FROM conversation_logs WHERE organization = ${organization}`.execute(db);
      await room.sum();
      assert.deepEqual(await wholes(room, 'satisfaction'), { '': [null, 0] });
      const left = await db
        .selectFrom('rollups')
        .select('metric')
        .where('organization', '=', organization)
        .execute();
      assert.deepEqual(left, []);
    });

    test('an hour that several replicas sum while rows come in loses and doubles nothing', async () => {
      const room = await openTestDashboards(kind, NOW);
      const span = { from: new Date('2026-03-10T08:00:00Z'), to: new Date('2026-03-10T09:00:00Z') };
      const { db, organization } = room;
      const writing = Array.from({ length: 40 }, (_, n) =>
        room.answer({ at: `2026-03-10T08:${String(n).padStart(2, '0')}:00Z` }),
      );
      const summing = Array.from({ length: 12 }, () => foldHours(db, { organization, ...span }));
      await Promise.all([...writing, ...summing]);
      await room.sum();
      assert.deepEqual(await wholes(room, 'answers'), { '': [40, 40] });
      assert.deepEqual(await wholes(room, 'answers', { step: 'hour', from: '2026-03-10T00:00:00Z' }), {
        '': [40, 40],
      });
    });

    test('a fold that dies leaves what was there, with its marks', async () => {
      const room = await openTestDashboards(kind, NOW);
      const { db, organization } = room;
      await room.answer({ at: '2026-03-10T08:00:00Z' });
      await room.sum();
      await room.answer({ at: '2026-03-10T08:01:00Z' });
      const died = db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('rollup_marks').where('organization', '=', organization).execute();
        await transaction.deleteFrom('rollups').where('organization', '=', organization).execute();
        throw new Error('killed');
      });
      await assert.rejects(died, /killed/);
      assert.deepEqual(await wholes(room, 'answers'), { '': [1, 1] });
      await room.sum();
      assert.deepEqual(await wholes(room, 'answers'), { '': [2, 2] });
    });

    test('segments are lines of their own, and choose what counts; another organisation sees nothing', async () => {
      const room = await openTestDashboards(kind, NOW);
      const at = '2026-03-10T08:00:00Z';
      for (let n = 0; n < 3; n++) await room.answer({ at, rewardModel: 'reward@1.0.0', reward: 0.9 });
      await room.answer({ at, policy: 'large', query: 'Сколько стоит доставка в Казань?' });
      await room.sum();
      assert.deepEqual(await wholes(room, 'answers', { by: 'reward_model' }), {
        'reward@1.0.0': [3, 3],
        '': [1, 1],
      });
      assert.deepEqual(await wholes(room, 'answers', { by: 'script' }), { '': [3, 3], cyrillic: [1, 1] });
      assert.deepEqual(await wholes(room, 'answers', { policy: 'large' }), { '': [1, 1] });
      assert.deepEqual(await wholes(room, 'answers', { reward_model: '' }), { '': [1, 1] });
      const { lines } = await room.call('dashboardSeries', { query: { metric: 'answers' } }, room.other);
      assert.deepEqual(lines, [{ segment: null, points: [], whole: { value: 0, ci: [null, null], n: 0 } }]);
      assert.deepEqual(await room.call('dashboardSegments'), {
        reward_model: ['reward@1.0.0', ''],
        policy: ['tiny', 'large'],
        script: ['', 'cyrillic'],
      });
    });

    test('of rewards it tells the share over a threshold, length bias, accuracy on labels and drift', async () => {
      const room = await openTestDashboards(kind, NOW);
      const model = 'reward@1.0.0';
      for (let n = 0; n < 120; n++) {
        const reward = n % 2 === 0 ? 0.9 : 0.3;
        const answer = await room.answer({
          at: `2026-03-01T0${n % 10}:00:00Z`,
          rewardModel: model,
          reward,
          response: 'x'.repeat(n % 2 === 0 ? 400 : 20),
        });
        const rating = n % 2 === 0 ? 5 : 1;
        if (n < 40) await room.say({ at: '2026-03-02T00:00:00Z', answer, rating, rewardModel: model });
        await room.answer({ at: '2026-03-10T08:00:00Z', rewardModel: model, reward: 0.95 });
      }
      await room.sum();
      const first = { from: '2026-03-01T00:00:00Z', to: '2026-03-03T00:00:00Z', step: 'day' } as const;
      assert.deepEqual(await wholes(room, 'over_threshold', first), { '': [0.5, 120] });
      assert.deepEqual(await wholes(room, 'over_threshold', { ...first, threshold: 0.3 }), { '': [1, 120] });
      const [bias] = (await seriesOf(room, 'length_correlation', first)).lines;
      assert.ok((bias?.whole.value ?? 0) > 0.999);
      assert.deepEqual(await wholes(room, 'label_accuracy', first), { '': [1, 40] });
      const [drift] = (await seriesOf(room, 'reward_drift', { step: 'day' })).lines;
      const [early, late] = drift?.points ?? [];
      assert.ok((early?.value ?? 1) < 0.05);
      assert.ok((late?.ci[0] ?? 0) > 0.25);

      const query = { metric: 'reward', from: '2026-03-10T00:00:00Z' } as const;
      const spread = await room.call('dashboardDistribution', { query });
      assert.deepEqual([spread.n, spread.reference_n, spread.reference], [120, 120, 'first_week']);
      assert.deepEqual(
        spread.buckets.filter(({ n }) => n > 0).map(({ n, from }) => [n, from.toFixed(2)]),
        [[120, '0.94']],
      );
      assert.ok((spread.shift.ci[0] ?? 0) > 0.25);
      assert.equal(spread.distance?.value, 1);
      const stars = await room.call('dashboardDistribution', { query: { metric: 'rating' } });
      assert.deepEqual(
        stars.buckets.map(({ n }) => n),
        [20, 0, 0, 0, 20],
      );
      assert.equal(stars.distance, null);
    });

    test('a range must end after it begins, and not be longer than what is kept in sight', async () => {
      const room = await openTestDashboards(kind, NOW);
      const refused = { code: 'invalid_request' };
      await assert.rejects(seriesOf(room, 'answers', { from: NOW, to: '2026-03-01T00:00:00Z' }), refused);
      await assert.rejects(seriesOf(room, 'answers', { from: '2020-01-01T00:00:00Z' }), refused);
    });

    test('outcomes are tied to answers, and counted for what answered', async () => {
      const room = await openTestDashboards(kind, NOW);
      const at = '2026-03-10T08:00:00Z';
      const answer = await room.answer({ at, rewardModel: 'reward@1.0.0', session: 's' });
      await room.answer({ at: '2026-03-10T09:00:00Z', session: 's' });
      for (let n = 0; n < 5; n++) {
        const body = { kind: 'adopted' as const, value: n > 0, response_id: answer, occurred_at: at };
        await room.call('reportOutcome', { body });
      }
      const body = {
        ...{ kind: 'resolution_seconds' as const, value: 90.5, session_id: 's' },
        occurred_at: '2026-03-10T08:30:00Z',
      };
      const outcome = await room.call('reportOutcome', { body });
      assert.deepEqual([outcome.response_id, outcome.value], [answer, 90.5]);
      await room.sum();
      assert.deepEqual(await wholes(room, 'adopted', { by: 'reward_model' }), { 'reward@1.0.0': [0.8, 5] });
      assert.deepEqual(await wholes(room, 'resolution_seconds'), { '': [null, 1] });

      const page = await room.call('listOutcomes', { query: { limit: 4 } });
      const rest = await room.call('listOutcomes', {
        query: { limit: 4, cursor: page.next_cursor ?? '' },
      });
      assert.equal(new Set([...page.items, ...rest.items].map(({ id }) => id)).size, 6);
      assert.equal(rest.next_cursor, null);
      assert.equal(page.items[0]?.kind, 'resolution_seconds');
      const none = await room.call('listOutcomes', { query: {} }, room.other);
      assert.deepEqual(none.items, []);

      const about = { kind: 'converted' as const };
      await assert.rejects(room.call('reportOutcome', { body: about }), { code: 'invalid_request' });
      await assert.rejects(
        room.call('reportOutcome', { body: { ...about, response_id: answer } }, room.other),
        {
          code: 'response_not_found',
        },
      );
    });

    test('the database tells writing systems as the checks of answers do', async () => {
      const room = await openTestDashboards(kind, NOW);
      const questions = [
        'How tall are giraffes?',
        'Thời tiết hôm nay thế nào?',
        'Сколько стоит доставка?',
        'これは何ですか、教えてください',
        'הזמנה שלי לא הגיעה',
        'คำถามภาษาไทยสั้นๆ',
        'short',
        'half латиница half кириллица',
        'see https://example.com/a/very/long/address доставка заказа',
      ];
      for (const question of questions) {
        const { rows } = await sql<{ script: string }>`
          SELECT question_script(${question}) AS script`.execute(room.db);
        assert.equal(rows[0]?.script, clearScript(question) ?? '', question);
      }
    });
  });
}
