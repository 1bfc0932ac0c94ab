import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channelBody, emptyChannel } from './channel-draft.ts';

test('a draft sends what its kind has', () => {
  const url = 'https://hooks.example.com/x';
  assert.deepEqual(channelBody({ ...emptyChannel, name: 'Pager', url }), {
    kind: 'webhook',
    name: 'Pager',
    reports: false,
    url,
  });
  const mail = { kind: 'email', name: 'Ops', host: 'mail.example.com', from: 'a@example.com' } as const;
  const sent = channelBody({ ...emptyChannel, ...mail, to: 'b@example.com, c@example.com,' });
  assert.deepEqual(sent, {
    ...mail,
    reports: false,
    port: 587,
    security: 'starttls',
    username: null,
    to: ['b@example.com', 'c@example.com'],
  });
  assert.throws(() => channelBody({ ...emptyChannel, name: 'Pager', url: 'nowhere' }), /url/);
});
