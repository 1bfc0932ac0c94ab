import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, test } from 'node:test';
import { DeliveryFailed, DeliveryRefused } from './delivery-errors.ts';
import { postWebhook, type WebhookOptions } from './webhook-post.ts';

const seen: { path: string | undefined; type: string | undefined; host: string | undefined; body: string }[] =
  [];
const behaviour: Record<string, RequestListener> = {
  '/ok': (_, response) => response.writeHead(204).end(),
  '/redirect': (_, response) => response.writeHead(302, { location: '/ok' }).end(),
  '/broken': (_, response) => response.writeHead(500).end('no'),
  '/silent': () => undefined,
};
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    seen.push({ path: request.url, type: request.headers['content-type'], host: request.headers.host, body });
    behaviour[request.url ?? '']?.(request, response);
  });
});
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
const { port } = receiver.address() as AddressInfo;
after(() => {
  receiver.closeAllConnections();
  receiver.close();
});

const post = (url: string, options: Partial<WebhookOptions> = {}) =>
  postWebhook(
    { hello: 'ä' },
    { url, allowPrivate: true, timeoutMs: 5000, signal: new AbortController().signal, ...options },
  );

describe('the webhook', () => {
  test('gets JSON', async () => {
    seen.length = 0;
    await post(`http://127.0.0.1:${port}/ok`);
    assert.deepEqual(seen, [
      { path: '/ok', type: 'application/json', host: `127.0.0.1:${port}`, body: '{"hello":"ä"}' },
    ]);
  });

  test('is reached at the address that was checked, under its own name', async () => {
    seen.length = 0;
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    await post(`http://hooks.invalid:${port}/ok`, { resolve });
    assert.equal(seen[0]?.host, `hooks.invalid:${port}`);
  });

  test('is not followed elsewhere', async () => {
    seen.length = 0;
    await assert.rejects(post(`http://127.0.0.1:${port}/redirect`), DeliveryFailed);
    assert.deepEqual(
      seen.map(({ path }) => path),
      ['/redirect'],
    );
  });

  test('fails on an error status, on silence and where nobody listens', async () => {
    await assert.rejects(post(`http://127.0.0.1:${port}/broken`), /answered 500/);
    await assert.rejects(post(`http://127.0.0.1:${port}/silent`, { timeoutMs: 50 }), DeliveryFailed);
    await assert.rejects(post('http://127.0.0.1:1/ok'), DeliveryFailed);
    const resolve = () => Promise.reject(new Error('ENOTFOUND'));
    await assert.rejects(post('http://hooks.invalid/ok', { resolve }), DeliveryFailed);
  });
});

describe('private addresses', () => {
  const addresses = (...list: string[]) => ({
    allowPrivate: false,
    resolve: async () => list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  });

  for (const url of [
    `http://127.0.0.1:${port}/ok`,
    `http://[::1]:${port}/ok`,
    `http://0x7f000001:${port}/ok`,
    `http://2130706433:${port}/ok`,
    `http://[::ffff:127.0.0.1]:${port}/ok`,
    'http://169.254.169.254/latest/meta-data',
  ]) {
    test(`${new URL(url).hostname} is refused`, async () => {
      seen.length = 0;
      await assert.rejects(post(url, { allowPrivate: false }), DeliveryRefused);
      assert.deepEqual(seen, []);
    });
  }

  test('a name is refused when any of its addresses is private', async () => {
    seen.length = 0;
    await assert.rejects(post(`http://a.invalid:${port}/ok`, addresses('127.0.0.1')), DeliveryRefused);
    await assert.rejects(
      post(`http://a.invalid:${port}/ok`, addresses('8.8.8.8', 'fd00::1')),
      DeliveryRefused,
    );
    assert.deepEqual(seen, []);
  });
});
