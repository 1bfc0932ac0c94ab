import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { type Alert, AttuneError } from '@attune/contracts';
import { databaseKinds, databaseMissing } from '../../platform/db/test-database.ts';
import { openTestWatch, type TestWatch } from '../testing/open-test-watch.ts';
import { until } from '../testing/until.ts';

const times = (n: number, rating: number) => Array.from({ length: n }, () => rating);
const alertsOf = async ({ call }: TestWatch, state?: Alert['state']) =>
  (await call('listAlerts', { query: state === undefined ? {} : { state } })).items;
const firing = (watch: TestWatch, kind: Alert['kind']) =>
  until(async () => (await alertsOf(watch, 'firing')).find((alert) => alert.kind === kind));

function report({ room, reactions, organization }: TestWatch, feedbackId: string = randomUUID()): string {
  const rewardModel = 'reward@1.0.0';
  reactions.report({ feedbackId, organization, rewardModel });
  const about = {
    id: feedbackId,
    organization,
    responseId: null,
    rewardModel,
    type: 'detailed',
    source: 'user',
    rating: null,
    thumbs: null,
    isNew: true,
  } as const;
  room.feedback.recorded({ ...about, safetyReported: true });
  return feedbackId;
}

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`alerts on ${kind}`, { skip, timeout: 30_000 }, () => {
    test('fire when the average falls below 3.5, and end when it recovers', async (t) => {
      const watch = await openTestWatch(t, kind);
      watch.rate(times(20, 3));
      const fired = await firing(watch, 'average_rating');
      assert.deepEqual(
        [fired.value, fired.threshold, fired.n, fired.reward_model],
        [3, 3.5, 20, 'reward@1.0.0'],
      );
      assert.equal(fired.delivered, null);
      watch.rate(times(50, 5));
      const ended = await until(async () => (await alertsOf(watch, 'resolved'))[0]);
      assert.equal(ended.id, fired.id);
      assert.notEqual(ended.resolved_at, null);
    });

    test('fire on a spike of negative reactions, per version', async (t) => {
      const watch = await openTestWatch(t, kind);
      watch.rate(times(200, 5));
      watch.rate(times(200, 5), null);
      watch.rate(times(12, 1));
      const fired = await firing(watch, 'negative_spike');
      assert.equal(fired.reward_model, 'reward@1.0.0');
      assert.match(fired.message, /12 % of the last 100 reactions are negative, 0 % of the 112 before/);
    });

    test('fire once, however many replicas see the trouble', async (t) => {
      const one = await openTestWatch(t, kind);
      const two = await one.another();
      one.reactions.rate(one.organization, 'reward@1.0.0', times(30, 2));
      for (let round = 0; round < 5; round++) {
        one.room.feedback.changed(one.organization, ['reward@1.0.0']);
        two.room.feedback.changed(one.organization, ['reward@1.0.0']);
      }
      await firing(one, 'average_rating');
      const id = report(one);
      report(two, id);
      await firing(two, 'safety_report');
      await Promise.all([one.room.stop(), two.room.stop()]);
      assert.equal((await alertsOf(one)).length, 2);
    });

    test('a safety report waits for somebody, who is remembered', async (t) => {
      const watch = await openTestWatch(t, kind);
      const feedbackId = report(watch);
      const { id } = await firing(watch, 'safety_report');
      const looked = await watch.call('acknowledgeAlert', { params: { id } });
      assert.deepEqual(
        [looked.state, looked.acknowledged_by, looked.feedback_id],
        ['resolved', 'curator@example.com', feedbackId],
      );
      assert.deepEqual(await watch.call('acknowledgeAlert', { params: { id } }), looked);
      await assert.rejects(
        watch.call('acknowledgeAlert', { params: { id } }, 'default'),
        (error: unknown) => error instanceof AttuneError && error.code === 'alert_not_found',
      );
    });

    test('an acknowledged average goes on firing until it recovers', async (t) => {
      const watch = await openTestWatch(t, kind);
      watch.rate(times(20, 1));
      const { id } = await firing(watch, 'average_rating');
      const looked = await watch.call('acknowledgeAlert', { params: { id } });
      assert.deepEqual([looked.state, looked.acknowledged_by], ['firing', 'curator@example.com']);
    });

    test('are found after a restart that came before they could fire', async (t) => {
      const before = await openTestWatch(t, kind);
      await before.room.stop();
      before.rate(times(20, 1));
      report(before);
      assert.deepEqual(await alertsOf(before), []);
      const after = await before.another();
      await firing(after, 'average_rating');
      const { id } = await firing(after, 'safety_report');
      await after.call('acknowledgeAlert', { params: { id } });
      const later = await before.another();
      await later.room.stop();
      assert.equal((await alertsOf(later)).filter((alert) => alert.kind === 'safety_report').length, 1);
    });

    test('are judged once the feedback can be read again', async (t) => {
      const watch = await openTestWatch(t, kind);
      watch.reactions.away = true;
      watch.rate(times(20, 1));
      watch.reactions.away = false;
      await firing(watch, 'average_rating');
    });

    test('of a model that was rolled back end, but not its safety reports', async (t) => {
      const watch = await openTestWatch(t, kind);
      watch.rate(times(20, 1));
      report(watch);
      await firing(watch, 'average_rating');
      await firing(watch, 'safety_report');
      watch.room.rolledBack({ model_id: 'reward@1.0.0' }, watch.organization);
      await until(async () => (await alertsOf(watch, 'resolved'))[0]);
      assert.deepEqual(
        (await alertsOf(watch, 'firing')).map((alert) => alert.kind),
        ['safety_report'],
      );
    });

    test('are listed newest first, in pages, for their own organisation', async (t) => {
      const watch = await openTestWatch(t, kind);
      for (let n = 0; n < 5; n++) report(watch);
      const all = await until(async () => {
        const items = await alertsOf(watch);
        return items.length === 5 && items;
      });
      const first = await watch.call('listAlerts', { query: { limit: 3 } });
      const second = await watch.call('listAlerts', { query: { limit: 3, cursor: first.next_cursor ?? '' } });
      assert.deepEqual([...first.items, ...second.items], all);
      assert.equal(second.next_cursor, null);
      assert.deepEqual((await watch.call('listAlerts', {}, 'default')).items, []);
    });
  });
}
