import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { databaseKinds, databaseMissing } from '../../platform/db/test-database.ts';
import { createLog } from '../../platform/log.ts';
import { openTestWatch, type TestWatch } from '../testing/open-test-watch.ts';
import { until } from '../testing/until.ts';
import { openReceiver } from '../testing/webhook-receiver.ts';

const times = (n: number, rating: number) => Array.from({ length: n }, () => rating);
const newest = async ({ call }: TestWatch) => (await call('listAlerts')).items[0];

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`the alert webhook on ${kind}`, { skip, timeout: 30_000 }, () => {
    test('is told when an alert fires and when it ends, each once', async (t) => {
      const receiver = await openReceiver();
      t.after(() => receiver.close());
      const env = { ATTUNE_ALERT_WEBHOOK_URL: receiver.url, ATTUNE_ALERT_WEBHOOK_PRIVATE: 'true' };
      const one = await openTestWatch(t, kind, { env });
      await one.another();
      one.rate(times(20, 2));
      await receiver.received(1);
      await until(async () => (await newest(one))?.delivered);
      one.rate(times(50, 5));
      const messages = await receiver.received(2);
      assert.deepEqual(
        messages.map(({ organization, alert }) => [organization, alert.kind, alert.state]),
        [
          [one.organization, 'average_rating', 'firing'],
          [one.organization, 'average_rating', 'resolved'],
        ],
      );
      assert.equal(messages[0]?.alert.id, (await newest(one))?.id);
    });

    test('is tried again when it fails', async (t) => {
      const receiver = await openReceiver();
      t.after(() => receiver.close());
      receiver.failing = 1;
      const env = { ATTUNE_ALERT_WEBHOOK_URL: receiver.url, ATTUNE_ALERT_WEBHOOK_PRIVATE: 'true' };
      const watch = await openTestWatch(t, kind, { env });
      watch.rate(times(20, 2));
      await until(async () => receiver.failing === 0);
      assert.equal((await newest(watch))?.delivered, false);
      await receiver.received(1);
      await until(async () => (await newest(watch))?.delivered);
    });

    test('on a private address is not told unless that is allowed', async (t) => {
      const receiver = await openReceiver();
      t.after(() => receiver.close());
      const lines: string[] = [];
      const log = createLog({ sink: { write: (line) => lines.push(line) } });
      const watch = await openTestWatch(t, kind, { env: { ATTUNE_ALERT_WEBHOOK_URL: receiver.url }, log });
      watch.rate(times(20, 2));
      await until(async () => lines.some((line) => line.includes('an alert was not told')));
      assert.deepEqual(receiver.messages, []);
      assert.equal((await newest(watch))?.delivered, false);
    });
  });
}
