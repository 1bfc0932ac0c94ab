import assert from 'node:assert/strict';
import { inShare, seededRandom } from '@attune/core';
import { silentLog } from '../../platform/log.ts';
import { callsTo } from '../../testing/calls.ts';
import { eachDatabase } from '../../testing/each-database.ts';
import { groundOf, newOrganizations } from '../../testing/ground.ts';
import { HeldClock } from '../testing/held-clock.ts';
import { openSelfTest } from './open-self-test.ts';
import type { SelfTestNeeds } from './self-test-clock.ts';
import { findSelfTest } from './self-test-store.ts';
import type { UserAnswers } from './virtual-arms.ts';

const testOnEachDatabase = eachDatabase();

/** Two hundred users; in one arm answers take longer, where a test says so. */
function users(slower: (user: string) => number): UserAnswers[] {
  const random = seededRandom(3);
  return Array.from({ length: 200 }, (_, index) => {
    const user = `user-${index}`;
    const milliseconds = 3 * (400 + 100 * random()) * slower(user);
    return { user, delivered: 3, milliseconds, asked: 3, failed: 0 };
  });
}

await testOnEachDatabase(
  'equal arms pass; a difference is told once; after four weeks arms are drawn anew',
  async (_, kind) => {
    const ground = await groundOf(kind);
    const [organization] = await newOrganizations(ground);
    const clock = new HeldClock();
    const { database } = ground;
    const told: string[] = [];
    let slower = (_: string) => 1;
    const needs: SelfTestNeeds = {
      answers: async (asked) => (asked === organization ? users(slower) : []),
      feedback: async () => [],
      tell: async (of, verdict) => void told.push(`${of} ${verdict}`),
    };
    const open = () => openSelfTest({ database, clock, log: silentLog }, needs);
    const [one, two] = [open(), open()];
    const { call } = callsTo(one.routes, organization, 'viewer');
    const state = async () => (await call('getSelfTest')).self_test;
    assert.equal(await state(), null);

    await Promise.all([one.tick(), two.tick()]);
    const first = await state();
    assert.deepEqual([first?.verdict, first?.looks.length, told], ['passes', 1, []], 'one of two looks');
    const { control = 0, treatment = 0 } = first?.results?.users ?? {};
    assert.deepEqual([control + treatment, control > 70 && treatment > 70], [200, true]);
    await one.tick();
    assert.equal((await state())?.looks.length, 1, 'not before an hour has passed');

    const { salt } = (await findSelfTest(database.sql, organization)) ?? assert.fail('it began');
    slower = (user) => (inShare(user, salt, 0.5) ? 1.5 : 1);
    for (let hour = 0; hour < 2; hour++) {
      clock.pass(3600);
      await one.tick();
    }
    const bad = await state();
    assert.deepEqual([bad?.verdict, bad?.looks.length], ['differs', 3]);
    assert.ok((bad?.looks.at(-1)?.p_value ?? 1) < 0.01);
    assert.deepEqual(told, [`${organization} differs`]);

    clock.pass(28 * 86_400);
    await one.tick();
    const afresh = await state();
    assert.deepEqual([afresh?.looks, afresh?.verdict], [[], 'not_enough_data']);
    assert.notEqual((await findSelfTest(database.sql, organization))?.salt, salt);
    clock.pass(3600);
    await one.tick();
    assert.equal((await state())?.verdict, 'passes', 'other arms do not see it');
  },
);
