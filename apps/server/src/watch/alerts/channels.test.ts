import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { databaseKinds, databaseMissing } from '../../platform/db/test-database.ts';
import { createLog } from '../../platform/log.ts';
import { openMailReceiver } from '../testing/mail-receiver.ts';
import { openTestWatch, type TestWatch } from '../testing/open-test-watch.ts';
import { openPostReceiver } from '../testing/post-receiver.ts';
import { until } from '../testing/until.ts';

const times = (n: number, rating: number) => Array.from({ length: n }, () => rating);
const env = { ATTUNE_ALERT_WEBHOOK_PRIVATE: 'true' };
const alerts = async ({ call }: TestWatch) => (await call('listAlerts')).items;
const told = (watch: TestWatch, states: number) =>
  until(async () => {
    const [alert] = await alerts(watch);
    const done = alert?.deliveries.filter(({ state }) => state === 'delivered') ?? [];
    return done.length === states && alert;
  });

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`alert channels on ${kind}`, { skip, timeout: 60_000 }, () => {
    test('a webhook is signed with the secret that was shown once, and told once by two replicas', async (t) => {
      const receiver = await openPostReceiver();
      t.after(() => receiver.close());
      const lines: string[] = [];
      const log = createLog({ sink: { write: (line) => lines.push(line) } });
      const one = await openTestWatch(t, kind, { env, log });
      const two = await one.another();
      const body = { kind: 'webhook', name: 'Pager', url: receiver.url } as const;
      const { channel, secret } = await one.call('createAlertChannel', { body });
      assert.match(secret ?? '', /^whsec_/);
      assert.equal(channel.target, new URL(receiver.url).host);
      one.rate(times(20, 2));
      two.room.feedback.changed(one.organization, ['reward@1.0.0']);
      await told(one, 1);
      one.rate(times(50, 5));
      await told(one, 2);
      const messages = receiver.posts.map((post) => JSON.parse(post.body));
      assert.deepEqual(
        messages.map((message) => [message.type, message.organization, message.alert.state]),
        [
          ['alert', one.organization, 'firing'],
          ['alert', one.organization, 'resolved'],
        ],
      );
      for (const { headers, body: sent } of receiver.posts) {
        const key = Buffer.from((secret ?? '').slice('whsec_'.length), 'base64');
        const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${sent}`;
        const signature = createHmac('sha256', key).update(signed).digest('base64');
        assert.equal(headers['webhook-signature'], `v1,${signature}`);
      }
      const listed = JSON.stringify(await one.call('alertChannels'));
      for (const hidden of ['secret-path', secret ?? '']) {
        assert.ok(!listed.includes(hidden) && !lines.join('').includes(hidden));
      }
      const stored = await one.database.sql.selectFrom('alert_channels').selectAll().execute();
      assert.ok(!JSON.stringify(stored).includes('secret-path'), 'encrypted');
      assert.equal((await one.call('alertChannels')).items[0]?.last_delivery?.state, 'delivered');
    });

    test('Slack gets text and blocks, mailboxes a plain message', async (t) => {
      const slack = await openPostReceiver();
      t.after(() => slack.close());
      const login = { user: 'attune', password: 'pelican-password' };
      const mailbox = await openMailReceiver(login);
      t.after(() => mailbox.close());
      const watch = await openTestWatch(t, kind, { env });
      await watch.call('createAlertChannel', { body: { kind: 'slack', name: 'Ops', url: slack.url } });
      const email = {
        kind: 'email' as const,
        name: 'On call',
        host: '127.0.0.1',
        port: mailbox.port,
        security: 'none' as const,
        username: login.user,
        from: 'attune@example.com',
        to: ['ops@example.com', 'team@example.com'],
      };
      const made = await watch.call('createAlertChannel', { body: { ...email, password: 'wrong' } });
      const { id } = made.channel;
      const refused = await watch.call('testAlertChannel', { params: { id } });
      assert.equal(refused.delivered, false);
      assert.match(refused.error ?? '', /did not take it: .*Wrong name or password/);
      const { password } = login;
      await watch.call('updateAlertChannel', { params: { id }, body: { kind: 'email', password } });
      assert.deepEqual(await watch.call('testAlertChannel', { params: { id } }), {
        delivered: true,
        error: null,
      });
      watch.rate(times(20, 3));
      await told(watch, 2);
      const [post] = slack.posts.map(({ body }) => JSON.parse(body));
      assert.match(post.text, /🟠 \[warning\] average rating \(reward@1.0.0\): .*average 3.00, below 3.5/);
      assert.equal(post.blocks[0].type, 'section');
      const [, mail] = mailbox.mails;
      assert.deepEqual(mail?.to, ['ops@example.com', 'team@example.com']);
      assert.match(mail?.data ?? '', /Subject: Attune \[warning\] average rating/);
      assert.match(mail?.data ?? '', /average_rating: 3 \[3, 3\], n =\s*(=\r\n)?\s*20/);
      assert.ok(!JSON.stringify(await watch.call('alertChannels')).includes(password));
    });

    test('a rule tells only its own channels, a paused one nobody; a private address is refused', async (t) => {
      const [mine, other] = [await openPostReceiver(), await openPostReceiver()];
      t.after(() => [mine, other].map((one) => one.close()));
      const watch = await openTestWatch(t, kind, { env });
      const add = async (name: string, url: string) =>
        (await watch.call('createAlertChannel', { body: { kind: 'webhook', name, url } })).channel.id;
      const id = await add('mine', mine.url);
      await add('other', other.url);
      const paused = await add('paused', other.url);
      const body = { kind: 'webhook', paused: true } as const;
      await watch.call('updateAlertChannel', { params: { id: paused }, body });
      const settings = { channels: [id] };
      await watch.call('updateAlertRule', { params: { kind: 'average_rating' }, body: settings });
      watch.rate(times(20, 1));
      const alert = await told(watch, 1);
      assert.deepEqual(
        alert.deliveries.map(({ channel }) => channel),
        ['mine'],
      );
      assert.equal(other.posts.length, 0);
      const strict = await openTestWatch(t, kind);
      const hidden = { kind: 'webhook', name: 'inside', url: mine.url } as const;
      const { channel } = await strict.call('createAlertChannel', { body: hidden });
      const tested = await strict.call('testAlertChannel', { params: { id: channel.id } });
      assert.match(tested.error ?? '', /private address/);
      await assert.rejects(strict.call('testAlertChannel', { params: { id } }), {
        code: 'alert_channel_not_found',
      });
    });
  });
}
