import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachDatabase } from '../http/testing/on-each-database.ts';
import { errorOf } from '../http/testing/open-test-app.ts';
import { signedIn } from './testing/sign-in.ts';

await onEachDatabase('settings of an organisation', [], (app) => {
  const read = async () => (await app.call('GET', '/api/organization')).body;

  test('what is given changes, the rest stays, and the audit log tells', async () => {
    const before = await read();
    assert.equal(before.compare_share, null);
    const named = await app.call('PATCH', '/api/organization', { name: 'Clinic' });
    assert.equal(named.body.name, 'Clinic');
    await app.call('PATCH', '/api/organization', { compare_share: 0.25 });
    await app.call('PATCH', '/api/organization', {});
    assert.deepEqual(await read(), { ...before, name: 'Clinic', compare_share: 0.25 });
    await app.call('PATCH', '/api/organization', { compare_share: null });
    assert.equal((await read()).compare_share, null);
    const { body } = await app.call('GET', '/api/audit');
    const entries: unknown[] = Array.isArray(body.items) ? body.items : [];
    assert.equal(entries.filter((entry) => JSON.stringify(entry).includes('organization.changed')).length, 4);
  });

  test('a share is between 0 and 1, a name is no empty text', async () => {
    const refused = async (body: object) => errorOf(await app.call('PATCH', '/api/organization', body)).param;
    assert.equal(await refused({ compare_share: 1.5 }), 'compare_share');
    assert.equal(await refused({ name: '' }), 'name');
  });

  test('everybody reads them, only an admin changes them', async () => {
    const { cookie } = await signedIn(app, 'viewer@example.com', 'viewer');
    assert.equal((await app.call('GET', '/api/organization', undefined, cookie)).status, 200);
    assert.equal((await app.call('PATCH', '/api/organization', { name: 'Mine' }, cookie)).status, 403);
  });
});
