import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { endpoints } from '@attune/contracts';
import { earlierTurns } from '@attune/core';
import { askWhole } from './testing/answers-of.ts';
import { openTestRoom, type TestRoom } from './testing/test-room.ts';
import { says, startUpstream, type TestUpstream } from './testing/test-upstream.ts';

/** A cross-encoder of the trainer's, so small that it can lie beside the tests. */
const tiny = join(import.meta.dirname, '../../../../packages/reward/src/cross-encoder/testing/tiny.attune');

describe('a cross-encoder and what was said before', () => {
  let upstream: TestUpstream;
  let room: TestRoom;
  before(async () => {
    upstream = await startUpstream();
    room = await openTestRoom('pglite', { ATTUNE_UPSTREAM_URL: upstream.url, ATTUNE_UPSTREAM_RETRIES: '0' });
    const artifactSha256 = await room.blobs.put(await readFile(tiny));
    room.live.live = { modelId: 'cross', artifactSha256 };
    await scoresOf({ query: 'q', responses: ['warm up'] });
  });
  after(async () => {
    await room.close();
    await upstream.close();
  });

  async function scoresOf(body: object) {
    const answer = await room.call('score', { body });
    return endpoints.score.response.parse(await answer.json()).scores;
  }

  const query = 'red bus?';
  const messages = [
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: 'blue tree' },
    { role: 'assistant', content: 'a mask, a tax' },
    { role: 'user', content: query },
  ];

  test('an answer is scored as /v1/score scores it with the turns before its question', async () => {
    upstream.script(says('The bus is red.'));
    const { attune } = await askWhole(room, { model: 'attune', messages, attune: { candidates: 1 } });
    const responses = [attune.response];
    const [within] = await scoresOf({ query, context: earlierTurns(messages), responses });
    const [alone] = await scoresOf({ query, responses });
    assert.equal(attune.reward_score, within?.reward);
    assert.notEqual(within?.reward, alone?.reward);
    // Both are remembered by now, each for itself.
    assert.deepEqual(await scoresOf({ query, responses }), [alone]);
    assert.deepEqual(await scoresOf({ query, context: earlierTurns(messages), responses }), [within]);
  });

  test('texts are ranked with it too, and of a long one the end is read', async () => {
    const documents = ['The bus is red.', 'a tree', 'no tax'];
    const rank = async (context?: string) => {
      const answer = await room.call('rerank', { body: { query, documents, ...(context && { context }) } });
      const { results } = endpoints.rerank.response.parse(await answer.json());
      return results.map(({ index, relevance_score }) => [index, relevance_score]);
    };
    const context = earlierTurns(messages);
    assert.notDeepEqual(await rank(context), await rank());
    const long = `${'x '.repeat(10_000)}${'tree '.repeat(2000)}`;
    assert.deepEqual(await rank(long), await rank(`y${long}`));
  });
});
