import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../config.ts';
import type { Foundation } from '../room.ts';
import { corpusMissing, demoRatings } from '../testing/demo-feedback.ts';
import { openTestRoom } from '../testing/open-test-room.ts';
import { storeFeedback } from '../testing/stored-feedback.ts';

type Handler = Parameters<Foundation['queue']['define']>[1];

test('the schedule prepares for every organisation that has enough', { skip: corpusMissing }, async () => {
  const { db, organization, other, another } = await openTestRoom('pglite');
  const handlers: Handler[] = [];
  const schedules: string[] = [];
  const { room, call } = another(
    {},
    {
      config: readConfig({ ATTUNE_PREPARE_SCHEDULE: '0 3 * * *' }),
      queue: {
        define: (_, handler) => handlers.push(handler),
        schedule: async (name, cron) => void schedules.push(`${name} ${cron}`),
      },
    },
  );
  await storeFeedback(db, organization, demoRatings(20));
  await storeFeedback(db, other, demoRatings(2));
  await room.start();
  assert.deepEqual(schedules, ['curate.prepare 0 3 * * *']);

  const { signal } = new AbortController();
  await handlers[0]?.({ id: '1', data: {}, attempt: 1, signal, heartbeat: async () => true });
  const [set, ...more] = (await call('listDatasets', { query: {} })).items;
  assert.equal(set?.status, 'ready');
  assert.equal(set?.curator_email, null);
  assert.match(set?.name ?? '', /^reward-\d{4}-\d\d-\d\d$/);
  assert.deepEqual(more, []);
  assert.deepEqual((await call('listDatasets', { query: {} }, other)).items, []);
});

test('without a schedule nothing is scheduled', async () => {
  const { room } = await openTestRoom('pglite');
  await room.start();
});
