import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ChatResponse } from '@attune/contracts';
import { databaseKinds, databaseMissing } from '../platform/db/test-database.ts';
import { openTestRoom, type TestRoom } from './testing/test-room.ts';
import { says, startUpstream, type TestUpstream } from './testing/test-upstream.ts';

for (const kind of databaseKinds) {
  describe(`chat on ${kind}`, { skip: await databaseMissing(kind) }, () => {
    let upstream: TestUpstream;
    let room: TestRoom;
    before(async () => {
      upstream = await startUpstream();
      room = await openTestRoom(kind, { ATTUNE_UPSTREAM_URL: upstream.url, ATTUNE_CANDIDATES: '1' });
    });
    after(async () => {
      await room.close();
      await upstream.close();
    });

    test('an answer comes from the upstream and is in the log before it is delivered', async () => {
      upstream.script(says('Wash your hands.'));
      const body = { model: 'attune', messages: [{ role: 'user', content: 'What helps against colds?' }] };
      const response = await room.call('chatCompletions', { body });
      const answer = ChatResponse.parse(await response.json());
      assert.equal(answer.choices[0]?.message.content, 'Wash your hands.');
      const found = await room.serve.answers.find('default', answer.attune.response_id);
      assert.equal(found?.response, 'Wash your hands.');
      assert.equal(found?.query, 'What helps against colds?');
      assert.deepEqual(await room.serve.answerCounts('default'), [{ rewardModel: null, answers: 1 }]);
    });
  });
}
