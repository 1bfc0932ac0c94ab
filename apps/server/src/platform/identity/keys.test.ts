import assert from 'node:assert/strict';
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConfig } from '../../config.ts';
import { createInProcessLimiter } from '../cache/flexible-limiter.ts';
import { systemClock } from '../clock.ts';
import { onEachDatabase } from '../http/testing/on-each-database.ts';
import { errorOf } from '../http/testing/open-test-app.ts';
import { newId } from '../ids.ts';
import { silentLog } from '../log.ts';
import { createFeedbackTokens } from './feedback-token.ts';
import { ensureLocalKey } from './first-start.ts';
import { openIdentity } from './identity.ts';
import { sharedSecret } from './secrets.ts';

const HOUR_MS = 3_600_000;

await onEachDatabase('keys and tokens', [], (app) => {
  const me = (secret: unknown) =>
    app.call('GET', '/api/me', undefined, { authorization: `Bearer ${secret}` });

  test('a key is shown once and stored as a hash', async () => {
    const made = await app.call('POST', '/api/keys', { name: 'app', role: 'rater' });
    assert.match(String(made.body.key), /^atn_[\w-]{43}$/);
    assert.equal((await me(made.body.key)).body.role, 'rater');
    const listed = JSON.stringify((await app.call('GET', '/api/keys')).body);
    assert.ok(listed.includes(String(made.body.prefix)));
    assert.ok(!listed.includes(String(made.body.key)));
    const rows = await app.database.sql.selectFrom('api_keys').selectAll().execute();
    assert.ok(!JSON.stringify(rows).includes(String(made.body.key)));
  });

  test('a revoked key opens nothing from then on', async () => {
    const { body } = await app.call('POST', '/api/keys', { name: 'short' });
    assert.equal((await me(body.key)).status, 200);
    assert.equal((await app.call('DELETE', `/api/keys/${body.id}`)).status, 200);
    assert.equal((await me(body.key)).status, 401);
    const again = await app.call('DELETE', `/api/keys/${body.id}`);
    assert.equal(errorOf(again).code, 'key_not_found');
  });

  test('a key works until it expires, also when it was used just before', async () => {
    const expires_at = new Date(Date.now() + HOUR_MS).toISOString();
    const { body } = await app.call('POST', '/api/keys', { name: 'hour', expires_at });
    assert.equal((await me(body.key)).status, 200);
    app.passTime(HOUR_MS + 1000);
    assert.equal((await me(body.key)).status, 401);
    const past = await app.call('POST', '/api/keys', { name: 'past', expires_at });
    assert.equal(errorOf(past).param, 'expires_at');
  });

  test('a key limited to rooms opens those, and tells who it is', async () => {
    const { body } = await app.call('POST', '/api/keys', { name: 'app', role: 'admin', scopes: ['serve'] });
    const refused = await app.call('GET', '/api/keys', undefined, { authorization: `Bearer ${body.key}` });
    assert.equal(refused.status, 403);
    assert.equal(errorOf(refused).param, 'identity');
    assert.deepEqual((await me(body.key)).body.scopes, ['serve']);
  });

  test('whatever is no credential is answered 401', async () => {
    const wrong = [
      '',
      'Bearer',
      'Bearer ',
      'Bearer x y',
      'Basic eDp5',
      'Bearer atn_',
      `Bearer ${'x'.repeat(5000)}`,
    ];
    for (const authorization of wrong) {
      const answer = await app.call('GET', '/api/me', undefined, { authorization });
      assert.equal(answer.status, 401, authorization);
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
    }
    for (const cookie of [
      'attune_session=',
      'attune_session=ats_unknown',
      'attune_session',
      '=;;=',
      'a=b; attune_session=%00',
    ]) {
      assert.equal((await app.call('GET', '/api/me', undefined, { cookie })).status, 401, cookie);
    }
  });

  test('a feedback token is for its one answer, and opens nothing else', async () => {
    const token = app.identity.feedbackTokens.mint('default', newId(), 'user-1');
    const answer = await me(token);
    assert.equal(answer.status, 403);
  });

  test('a feedback token that was forged, cut, or made elsewhere is no credential', async () => {
    const { feedbackTokens } = app.identity;
    const token = feedbackTokens.mint('default', newId(), null);
    const [head = '', mac = ''] = token.split('.');
    const claims = { o: 'default', r: newId(), u: null, e: 9_999_999_999 };
    const other = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const elsewhere = createFeedbackTokens(Buffer.alloc(32), 1, () => new Date());
    const forged = [
      `fbt_${other}.${mac}`,
      `${head}.${mac.slice(1)}`,
      `${head}.`,
      head,
      'fbt_',
      'fbt_.',
      'fbt_%%%.%%%',
      `${token}.more`,
      `${head}${mac}`,
      elsewhere.mint('default', newId(), null),
    ];
    for (const one of forged) {
      assert.equal(feedbackTokens.verify(one), null, one);
      assert.equal((await me(one)).status, 401, one);
    }
  });

  test('a feedback token expires', () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const tokens = createFeedbackTokens(Buffer.alloc(32, 1), 72, () => now);
    const responseId = newId();
    const token = tokens.mint('default', responseId, 'ann');
    now = new Date('2026-01-03T23:59:59Z');
    assert.deepEqual(tokens.verify(token), { organization: 'default', responseId, userId: 'ann' });
    now = new Date('2026-01-04T00:00:01Z');
    assert.equal(tokens.verify(token), null);
  });

  test('another replica accepts the same keys and tokens, and finds its own key again', async (t) => {
    const { database, identity, folder } = app;
    const options = {
      config: readConfig({}),
      database,
      clock: systemClock,
      limiter: createInProcessLimiter(),
      log: silentLog,
      dataDir: folder,
    };
    const replica = await openIdentity(options);
    t.after(() => replica.stop());
    assert.equal(replica.localKey, identity.localKey);
    assert.equal(await replica.firstAdminLink(), null, 'only the first start has a link');
    const token = identity.feedbackTokens.mint('default', newId(), null);
    assert.notEqual(replica.feedbackTokens.verify(token), null);
    const authorization = `Bearer ${identity.localKey}`;
    const caller = await replica.authenticator.authenticate({ authorization, session: undefined });
    assert.equal(caller?.role, 'admin');
    const [a, b] = await Promise.all([sharedSecret(database, 'x'), sharedSecret(database, 'x')]);
    assert.deepEqual(a, b);
  });

  test('the key file is for its owner only, and a key that no longer works is replaced', async () => {
    const file = join(app.folder, 'attune.key');
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.equal((await readFile(file, 'utf8')).trim(), app.identity.localKey);
    const stale = await mkdtemp(join(app.folder, 'stale-'));
    await writeFile(join(stale, 'attune.key'), 'atn_of_another_database\n', { mode: 0o644 });
    const key = await ensureLocalKey(app.database, stale);
    assert.equal((await me(key)).status, 200);
    assert.equal((await readFile(join(stale, 'attune.key'), 'utf8')).trim(), key);
    assert.equal((await stat(join(stale, 'attune.key'))).mode & 0o777, 0o600);
  });
});
