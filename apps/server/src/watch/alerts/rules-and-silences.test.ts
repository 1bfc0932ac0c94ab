import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AlertKind } from '@attune/contracts';
import { alertRuleKinds } from '@attune/core';
import { databaseKinds, databaseMissing } from '../../platform/db/test-database.ts';
import { openTestWatch, type TestWatch } from '../testing/open-test-watch.ts';
import { openPostReceiver } from '../testing/post-receiver.ts';
import { until } from '../testing/until.ts';

const times = (n: number, rating: number) => Array.from({ length: n }, () => rating);
const alertsOf = async ({ call }: TestWatch, query = {}) => (await call('listAlerts', { query })).items;
const firing = (watch: TestWatch, kind: AlertKind) =>
  until(async () => (await alertsOf(watch, { state: 'firing', kind }))[0]);
const ended = (watch: TestWatch, kind: AlertKind) =>
  until(async () => (await alertsOf(watch, { state: 'resolved', kind }))[0]);

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`rules and silences on ${kind}`, { skip, timeout: 60_000 }, () => {
    test('a rule is changed within its ranges, judged at once, reset, and written down', async (t) => {
      // Surely above half a per cent, and not surely above the one per cent of the default.
      const seen = { recentAnswers: async () => ({ asked: 200, failed: 5, seconds: times(195, 1) }) };
      const watch = await openTestWatch(t, kind, { seen });
      const { items } = await watch.call('alertRules');
      assert.equal(items.length, Object.keys(alertRuleKinds).length);
      const change = (body: object) =>
        watch.call('updateAlertRule', { params: { kind: 'error_rate' }, body });
      await assert.rejects(change({ threshold: 2 }), { code: 'invalid_request' });
      await assert.rejects(change({ threshold: null }), { code: 'invalid_request' });
      await assert.rejects(change({ channels: ['0198c0de-0000-7000-8000-000000000001'] }), {
        code: 'alert_channel_not_found',
      });
      const strict = await change({ threshold: 0.005, severity: 'warning' });
      assert.deepEqual(
        [strict.threshold, strict.minimum_n, strict.changed, strict.updated_by],
        [0.005, 100, true, 'curator@example.com'],
      );
      const alert = await firing(watch, 'error_rate');
      assert.deepEqual([alert.severity, alert.value, alert.n], ['warning', 0.025, 200]);
      assert.equal(alert.evidence[0]?.name, 'error_rate');
      await change({ enabled: false });
      await ended(watch, 'error_rate');
      const reset = await watch.call('resetAlertRule', { params: { kind: 'error_rate' } });
      assert.deepEqual([reset.enabled, reset.threshold, reset.changed], [true, 0.01, false]);
      const acts = await watch.database.sql
        .selectFrom('audit_log')
        .select('action')
        .where('organization', '=', watch.organization)
        .execute();
      assert.equal(acts.filter(({ action }) => action === 'alert_rule.changed').length, 3);
    });

    test('a silence keeps a kind quiet until it ends; what still fires is told then', async (t) => {
      const receiver = await openPostReceiver();
      t.after(() => receiver.close());
      const env = { ATTUNE_ALERT_WEBHOOK_PRIVATE: 'true' };
      const watch = await openTestWatch(t, kind, { env });
      const channel = { kind: 'webhook', name: 'Pager', url: receiver.url } as const;
      await watch.call('createAlertChannel', { body: channel });
      const body = { kind: 'average_rating' as const, hours: 2, reason: 'Moving house' };
      const silence = await watch.call('silenceAlerts', { body });
      watch.rate(times(20, 1));
      const quiet = await firing(watch, 'average_rating');
      assert.equal(quiet.silenced_until, silence.until);
      assert.deepEqual([quiet.deliveries, receiver.posts.length], [[], 0]);
      const { items } = await watch.call('listAlertSilences', { query: { active: 'true' } });
      assert.deepEqual(
        items.map(({ reason, created_by }) => [reason, created_by]),
        [['Moving house', 'curator@example.com']],
      );
      await watch.call('endAlertSilence', { params: { id: silence.id } });
      await assert.rejects(watch.call('endAlertSilence', { params: { id: silence.id } }), {
        code: 'alert_silence_not_found',
      });
      await watch.call('resetAlertRule', { params: { kind: 'disk' } });
      await until(async () => receiver.posts.length === 1);
      const loud = await firing(watch, 'average_rating');
      assert.equal(loud.silenced_until, null);
    });

    test('of one subject leaves the others loud; an alert that fires is silenced too', async (t) => {
      const watch = await openTestWatch(t, kind);
      watch.rate(times(20, 1), 'one@1.0.0');
      const { kind: about, subject } = await firing(watch, 'average_rating');
      const body = { kind: about, subject, hours: 1, reason: 'Known' };
      await watch.call('silenceAlerts', { body });
      watch.rate(times(20, 1), 'two@1.0.0');
      const both = await until(async () => {
        const all = await alertsOf(watch, { kind: 'average_rating' });
        return all.length === 2 && all;
      });
      const quiet = both.map((alert) => [alert.subject, alert.silenced_until !== null]);
      assert.deepEqual(quiet.sort(), [
        ['one@1.0.0', true],
        ['two@1.0.0', false],
      ]);
    });

    test('an acknowledgement is written down, and history is filtered', async (t) => {
      const watch = await openTestWatch(t, kind);
      watch.rate(times(20, 1));
      const { id } = await firing(watch, 'average_rating');
      const looked = await watch.call('acknowledgeAlert', { params: { id } });
      assert.equal(looked.acknowledged_by, 'curator@example.com');
      assert.notEqual(looked.acknowledged_at, null);
      const count = async (query: object) => (await alertsOf(watch, query)).length;
      assert.equal(await count({ acknowledged: 'true', severity: 'warning', kind: 'average_rating' }), 1);
      assert.equal(await count({ acknowledged: 'false', kind: 'average_rating' }), 0);
      assert.equal(await count({ severity: 'info' }), 0);
      assert.equal(await count({ since: new Date(Date.now() + 60_000).toISOString() }), 0);
      const act = await watch.database.sql
        .selectFrom('audit_log')
        .selectAll()
        .where('organization', '=', watch.organization)
        .executeTakeFirstOrThrow();
      assert.deepEqual([act.action, act.subject], ['alert.acknowledged', `alert:${id}`]);
    });
  });
}
