import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachDatabase } from '../http/testing/on-each-database.ts';
import { errorOf } from '../http/testing/open-test-app.ts';
import { cookieOf, signedIn, signInWith } from './testing/sign-in.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

await onEachDatabase('signing in', [], (app) => {
  const linkFor = async (id: string) => (await app.call('POST', `/api/members/${id}/link`)).body.sign_in_url;

  test('the first start makes an admin and one link, which works once', async () => {
    const link = await app.identity.firstAdminLink();
    assert.match(String(link), /^https:\/\/attune\.example\/sign-in#atl_[\w-]{43}$/);
    const answer = await signInWith(app, link);
    assert.deepEqual(answer.body, {
      kind: 'member',
      organization: 'default',
      role: 'admin',
      scopes: [],
      name: 'Admin',
      email: 'admin@localhost',
    });
    assert.match(
      answer.headers.get('set-cookie') ?? '',
      /^attune_session=ats_[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=2592000; Secure$/,
    );
    const me = await app.call('GET', '/api/me', undefined, cookieOf(answer));
    assert.equal(me.body.email, 'admin@localhost');
    const again = await signInWith(app, link);
    assert.equal(again.status, 401);
    assert.equal(errorOf(again).code, 'sign_in_link_invalid');
  });

  test('a link works once also when it is used many times at once', async () => {
    const { id } = await signedIn(app, 'once@example.com', 'viewer');
    const link = await linkFor(id);
    const answers = await Promise.all(Array.from({ length: 4 }, () => signInWith(app, link)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401, 401]);
  });

  test('a link works for a day, a session for thirty', async () => {
    const { id } = await signedIn(app, 'day@example.com', 'viewer');
    const [early, late] = [await linkFor(id), await linkFor(id)];
    app.passTime(23 * HOUR_MS);
    const cookie = cookieOf(await signInWith(app, early));
    app.passTime(2 * HOUR_MS);
    assert.equal((await signInWith(app, late)).status, 401);
    assert.equal((await app.call('GET', '/api/me', undefined, cookie)).status, 200);
    app.passTime(30 * 24 * HOUR_MS);
    assert.equal((await app.call('GET', '/api/me', undefined, cookie)).status, 401);
  });

  test('signing out ends this session and no other', async () => {
    const { id, cookie: here } = await signedIn(app, 'two@example.com', 'rater');
    const there = cookieOf(await signInWith(app, await linkFor(id)));
    const out = await app.call('POST', '/api/sign-out', undefined, here);
    assert.match(out.headers.get('set-cookie') ?? '', /^attune_session=; .*Max-Age=0/);
    assert.equal((await app.call('GET', '/api/me', undefined, here)).status, 401);
    assert.equal((await app.call('GET', '/api/me', undefined, there)).status, 200);
  });

  test('a member who is removed or demoted is so at once', async () => {
    const { id, cookie } = await signedIn(app, 'gone@example.com', 'admin');
    assert.equal((await app.call('GET', '/api/keys', undefined, cookie)).status, 200);
    await app.call('PATCH', `/api/members/${id}`, { role: 'viewer' });
    assert.equal((await app.call('GET', '/api/keys', undefined, cookie)).status, 403);
    const link = await linkFor(id);
    await app.call('DELETE', `/api/members/${id}`);
    assert.equal((await app.call('GET', '/api/me', undefined, cookie)).status, 401);
    assert.equal((await signInWith(app, link)).status, 401);
  });

  test('a write that rides on the cookie must come from our own page', async () => {
    const { cookie } = await signedIn(app, 'page@example.com', 'viewer');
    const signOutFrom = (headers: Record<string, string>) =>
      app.call('POST', '/api/sign-out', undefined, { ...cookie, ...headers });
    for (const origin of ['https://evil.example', 'null', 'not a url', 'http://127.0.0.1:1']) {
      const answer = await signOutFrom({ origin });
      assert.equal(answer.status, 403, origin);
      assert.equal(errorOf(answer).code, 'origin_not_allowed');
    }
    const tells = await signOutFrom({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
    assert.equal(tells.status, 403);
    const disguised = await signOutFrom({ origin: 'https://evil.example', authorization: 'Basic eDp5' });
    assert.equal(disguised.status, 403, 'another scheme does not lift the rule');
    const reading = await app.call('GET', '/api/me', undefined, {
      ...cookie,
      origin: 'https://evil.example',
    });
    assert.equal(reading.status, 200);
    for (const own of [app.url, 'https://attune.example']) {
      const session = await signedIn(app, `from-${new URL(own).protocol.slice(0, -1)}@example.com`, 'viewer');
      const answer = await app.call('POST', '/api/sign-out', undefined, { ...session.cookie, origin: own });
      assert.equal(answer.status, 200, own);
    }
  });

  test('another page cannot sign its visitors in as somebody', async () => {
    const { id } = await signedIn(app, 'attacker@example.com', 'viewer');
    const token = String(await linkFor(id)).split('#')[1];
    const answer = await app.call('POST', '/api/sign-in', { token }, { origin: 'https://evil.example' });
    assert.equal(answer.status, 403);
  });

  test('many attempts from one address have to wait', async () => {
    const attempts = await Promise.all(
      Array.from({ length: 25 }, () => app.call('POST', '/api/sign-in', { token: 'atl_guess' }, {})),
    );
    const last = attempts.find(({ status }) => status === 429);
    assert.ok(last !== undefined, 'none was told to wait');
    assert.equal(errorOf(last).code, 'rate_limited');
    const wait = Number(last.headers.get('retry-after'));
    assert.ok(wait >= 1 && wait <= MINUTE_MS / 1000);
  });
});
