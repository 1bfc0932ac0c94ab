import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listAudit } from '@attune/contracts';
import { sql } from 'kysely';
import { systemClock } from '../clock.ts';
import { onEachDatabase } from '../http/testing/on-each-database.ts';
import { createAudit, entryHash } from './audit.ts';

await onEachDatabase('the audit log', [], (app) => {
  const { database } = app;

  /** All entries as the API gives them, oldest first. */
  const entries = async () => {
    const { body } = await app.call('GET', '/api/audit?limit=200');
    return listAudit.response.parse(body).items.reverse();
  };

  test('is one unbroken chain, also when many acts happen at once', async () => {
    const audit = createAudit(database, systemClock);
    const acts = Array.from({ length: 20 }, (_, i) =>
      audit.record({
        organization: 'default',
        actor: 'test',
        action: 'thing.done',
        subject: `thing:${i}`,
        details: { z: 1, a: [1, { ü: 'é\n' }], n: 0.1, e: 1e21 },
      }),
    );
    await Promise.all([...acts, app.call('POST', '/api/keys', { name: 'one' })]);
    const chain = await entries();
    assert.ok(chain.length >= 21);
    let previous = '';
    for (const { at, actor, action, subject, details, previous_hash, hash } of chain) {
      assert.equal(previous_hash, previous);
      const entry = { organization: 'default', at, actor, action, subject, details };
      assert.equal(hash, entryHash(previous, entry));
      previous = hash;
    }
  });

  test('cannot be changed, deleted or emptied', async () => {
    const attempts = [
      sql`UPDATE audit_log SET actor = 'nobody'`,
      sql`DELETE FROM audit_log`,
      sql`TRUNCATE audit_log`,
    ];
    const before = await entries();
    for (const attempt of attempts) await assert.rejects(attempt.execute(database.sql), /append-only/);
    assert.deepEqual(await entries(), before);
  });

  test('holds an act only when it happened, and the act only when it is held', async () => {
    const before = (await entries()).length;
    const refused = database.sql.transaction().execute(async (transaction) => {
      const audit = createAudit(database, systemClock);
      const act = { organization: 'default', actor: 'test', action: 'thing.undone', subject: 'thing:1' };
      await audit.record(act, transaction);
      throw new Error('the act failed');
    });
    await assert.rejects(refused, /the act failed/);
    assert.equal((await entries()).length, before);
  });

  test('names who did what to whom', async () => {
    const invited = await app.call('POST', '/api/members', { email: 'log@example.com', role: 'viewer' });
    const { id } = invited.body.member as { id: string };
    await app.call('PATCH', `/api/members/${id}`, { role: 'curator' });
    await app.call('POST', `/api/members/${id}/link`);
    await app.call('DELETE', `/api/members/${id}`);
    const acts = (await entries()).filter(({ subject }) => subject === `member:${id}`);
    assert.deepEqual(
      acts.map(({ action }) => action),
      ['member.added', 'member.changed', 'member.link_created', 'member.removed'],
    );
    assert.ok(acts.every(({ actor }) => actor.startsWith('key:')));
    assert.deepEqual(acts[1]?.details, { role: 'curator' });
  });
});
