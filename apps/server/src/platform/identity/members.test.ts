import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachDatabase } from '../http/testing/on-each-database.ts';
import { errorOf } from '../http/testing/open-test-app.ts';
import { cookieOf, signedIn, signInWith } from './testing/sign-in.ts';

await onEachDatabase('members', [], (app) => {
  /** A new organisation with the session of its first admin. */
  const organization = async (id: string) => {
    const body = { id, name: id, admin_email: `admin@${id}.example` };
    const made = await app.call('POST', '/api/organizations', body);
    assert.equal(made.status, 201, String(errorOf(made).message));
    return cookieOf(await signInWith(app, made.body.sign_in_url));
  };
  const idsOf = async (cookie: Record<string, string>) => {
    const { body } = await app.call('GET', '/api/members', undefined, cookie);
    return (body.items as { id: string; email: string; role: string }[]) ?? [];
  };

  test('an address can be invited once, in whatever case it is written', async () => {
    await signedIn(app, 'Ada@Example.com', 'viewer');
    const again = await app.call('POST', '/api/members', { email: 'ada@example.com', role: 'viewer' });
    assert.equal(again.status, 409);
    assert.equal(errorOf(again).code, 'member_exists');
  });

  test('names hold no control characters, addresses are addresses', async () => {
    const invite = async (body: object) => errorOf(await app.call('POST', '/api/members', body)).param;
    assert.equal(await invite({ email: 'x@example.com', name: 'a\u0000b', role: 'viewer' }), 'name');
    assert.equal(await invite({ email: 'x@example.com', name: 'half \ud800', role: 'viewer' }), 'name');
    assert.equal(await invite({ email: 'no address', role: 'viewer' }), 'email');
    assert.equal(await invite({ email: 'x@example.com', role: 'king' }), 'role');
    assert.equal(await invite({ email: 'x@example.com' }), 'role');
  });

  test('lists in pages, each member once', async () => {
    const admin = await organization('pages');
    for (let i = 0; i < 4; i += 1) {
      await app.call('POST', '/api/members', { email: `m${i}@pages.example`, role: 'viewer' }, admin);
    }
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await app.call('GET', `/api/members?limit=2${cursor}`, undefined, admin);
      seen.push(...(body.items as { email: string }[]).map(({ email }) => email));
      if (body.next_cursor === null) break;
      cursor = `&cursor=${body.next_cursor}`;
    }
    assert.equal(seen.length, 5);
    assert.equal(new Set(seen).size, 5);
  });

  test('a cursor that is not ours is refused', async () => {
    const forged = [
      'x',
      '%00',
      Buffer.from('["-----------------------------------x"]').toString('base64url'),
      Buffer.from('["------------------------------------"]').toString('base64url'),
      Buffer.from('[]').toString('base64url'),
      Buffer.from('{"a":1}').toString('base64url'),
    ];
    for (const list of ['/api/members', '/api/keys', '/api/audit']) {
      for (const cursor of forged) {
        const answer = await app.call('GET', `${list}?cursor=${cursor}`);
        assert.equal(answer.status, 400, `${list} ${cursor}`);
        assert.equal(errorOf(answer).code, 'invalid_cursor');
      }
    }
  });

  test('the last admin stays, also when two admins demote each other at once', async () => {
    const admin = await organization('duel');
    const [first] = await idsOf(admin);
    const alone = await app.call('PATCH', `/api/members/${first?.id}`, { role: 'viewer' }, admin);
    assert.equal(errorOf(alone).code, 'last_admin');
    assert.equal((await app.call('DELETE', `/api/members/${first?.id}`, undefined, admin)).status, 409);
    const second = await app.call('POST', '/api/members', { email: 'b@duel.example', role: 'admin' }, admin);
    assert.equal(second.status, 201);
    const ids = (await idsOf(admin)).map(({ id }) => id);
    const answers = await Promise.all(
      ids.map((id) => app.call('PATCH', `/api/members/${id}`, { role: 'curator' }, admin)),
    );
    assert.deepEqual(
      answers
        .map(({ status }) => status)
        .sort()
        .at(0),
      200,
    );
    assert.notEqual(answers[0]?.status, answers[1]?.status, 'one of them wins');
  });

  test('changing the name leaves the role, and the other way round', async () => {
    const { id } = await signedIn(app, 'name@example.com', 'curator');
    const named = await app.call('PATCH', `/api/members/${id}`, { name: 'Grace' });
    assert.deepEqual([named.body.name, named.body.role], ['Grace', 'curator']);
    const moved = await app.call('PATCH', `/api/members/${id}`, { role: 'trainer' });
    assert.deepEqual([moved.body.name, moved.body.role], ['Grace', 'trainer']);
    const gone = await app.call('PATCH', `/api/members/${id.replace(/.$/, '0')}`, { role: 'viewer' });
    assert.ok(gone.status === 404 || id.endsWith('0'));
    assert.equal(errorOf(await app.call('PATCH', '/api/members/no-id', { role: 'viewer' })).param, 'id');
  });

  test('an organisation is added once, by admins of the first one only', async () => {
    const other = await organization('branch');
    const again = { id: 'branch', name: 'B', admin_email: 'b@branch.example' };
    assert.equal(errorOf(await app.call('POST', '/api/organizations', again)).code, 'organization_exists');
    const nested = { id: 'nested', name: 'N', admin_email: 'n@nested.example' };
    const refused = await app.call('POST', '/api/organizations', nested, other);
    assert.equal(errorOf(refused).code, 'forbidden');
    const bad = await app.call('POST', '/api/organizations', { ...nested, id: 'Bad Id' });
    assert.equal(errorOf(bad).param, 'id');
  });
});
