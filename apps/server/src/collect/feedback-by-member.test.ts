import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { databaseKinds, databaseMissing } from '../platform/db/test-database.ts';
import { openTestCollect } from './testing/open-test-collect.ts';

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`feedback by member on ${kind}`, { skip }, () => {
    test('counts what signed-in members said, and nobody else', async () => {
      const { call, answered, room, application, curator, organization } = await openTestCollect(kind);
      const since = new Date(Date.now() - 60_000);
      const response_id = answered();
      await call('giveFeedback', { body: { response_id, rating: 4, user_id: 'a' } }, application);
      await call('giveFeedback', { body: { response_id, comment: 'hm' } }, curator);
      const [member, ...others] = await room.feedbackByMember(organization, since, 10);
      assert.deepEqual([member?.principal, member?.n, others], [curator.principal, 1, []]);
    });
  });
}
