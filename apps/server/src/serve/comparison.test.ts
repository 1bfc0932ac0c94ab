import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ChatResponse } from '@attune/contracts';
import { databaseKinds, databaseMissing } from '../platform/db/test-database.ts';
import { askWhole, logged, question, readStream } from './testing/answers-of.ts';
import { BAD, FINE, GOOD } from './testing/test-model.ts';
import { openTestRoom, someone, type TestRoom } from './testing/test-room.ts';
import { saysInTurn, startUpstream, type TestUpstream } from './testing/test-upstream.ts';

for (const kind of databaseKinds) {
  const skip = await databaseMissing(kind);
  describe(`comparisons on ${kind}`, { skip }, () => {
    let upstream: TestUpstream;
    let room: TestRoom;
    before(async () => {
      upstream = await startUpstream();
      room = await openTestRoom(kind, { ATTUNE_UPSTREAM_URL: upstream.url, ATTUNE_COMPARE_SHARE: '1' });
    });
    after(async () => {
      await room.close();
      await upstream.close();
    });
    const cold = (more: object = {}) => question('What helps against a cold?', more);

    test('a rival comes with the answer and is logged with the side and its probability', async () => {
      upstream.script(saysInTurn([GOOD, BAD, FINE]));
      const { attune } = await askWhole(room, cold());
      const { compare } = attune;
      assert.ok(compare);
      const row = await logged(room, attune);
      const textOf = (id: string) => row.all_candidates.find((candidate) => candidate.id === id)?.text;
      assert.equal(textOf(compare.delivered_candidate_id), attune.response);
      assert.equal(textOf(compare.candidate_id), compare.response);
      assert.notEqual(compare.response, attune.response);
      assert.equal(compare.propensity, 0.5);
      const { response: _, ...offer } = compare;
      assert.deepEqual(row.compare, offer);
    });

    test('so it does in a stream', async () => {
      upstream.script(saysInTurn([GOOD, FINE]));
      const body = cold({ stream: true, attune: { candidates: 2 } });
      const { events } = await readStream(await room.call('chatCompletions', { body }));
      const attune = events.find((event) => event.attune !== undefined)?.attune;
      assert.ok(attune?.compare);
      assert.notEqual(attune.compare.response, attune.response);
    });

    test('there is none without a second candidate, and none that fails a check or says the same', async () => {
      upstream.script(saysInTurn([GOOD]));
      const alone = await askWhole(room, cold({ attune: { candidates: 1 } }));
      assert.equal(alone.attune.compare, null);
      assert.equal((await logged(room, alone.attune)).compare, null);
      upstream.script(saysInTurn([GOOD, `${GOOD} `, '']));
      assert.equal((await askWhole(room, cold())).attune.compare, null);
    });

    test('the share of an organisation goes before that of the server', async () => {
      await room.database.sql
        .insertInto('organizations')
        .values({ id: 'quiet', name: 'Quiet', compare_share: 0 })
        .execute();
      upstream.script(saysInTurn([GOOD, FINE]));
      const response = await room.call('chatCompletions', { body: cold(), caller: someone('quiet') });
      assert.equal(ChatResponse.parse(await response.json()).attune.compare, null);
    });
  });
}
