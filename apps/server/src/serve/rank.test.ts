import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { endpoints } from '@attune/contracts';
import { BAD, GOOD, storeTestModel } from './testing/test-model.ts';
import { openTestRoom, refusal, type TestRoom } from './testing/test-room.ts';

describe('ranking and scoring texts', () => {
  let room: TestRoom;
  before(async () => {
    room = await openTestRoom('pglite');
  });
  afterEach(() => {
    room.live.live = null;
  });
  after(() => room.close());

  const rerank = async (body: object) =>
    endpoints.rerank.response.parse(await (await room.call('rerank', { body })).json());
  const query = 'What helps against a cold?';

  test('the live reward model ranks, best first', async () => {
    room.live.live = await storeTestModel(room.blobs);
    const ranked = await rerank({ query, documents: [BAD, { text: GOOD }], return_documents: true });
    assert.equal(ranked.model, 'model-1');
    assert.deepEqual(
      ranked.results.map(({ index }) => index),
      [1, 0],
    );
    assert.deepEqual(ranked.results[0]?.document, { text: GOOD });
    const [first, second] = ranked.results;
    assert.ok((first?.relevance_score ?? 0) > (second?.relevance_score ?? 1));
  });

  test('`candidates` is another word for `documents`, and top_n cuts', async () => {
    room.live.live = await storeTestModel(room.blobs);
    const ranked = await rerank({ query, candidates: [BAD, GOOD, BAD], top_n: 1 });
    assert.deepEqual(
      ranked.results.map(({ index }) => index),
      [1],
    );
  });

  test('without a reward model, similarity ranks and says so', async () => {
    const documents = ['Stock markets fell on Tuesday.', 'A cold is treated with rest and hot drinks.'];
    const ranked = await rerank({ query, documents });
    assert.equal(ranked.model, 'static-cosine');
    assert.equal(ranked.results[0]?.index, 1);
  });

  test('scores come in order, from the named model', async () => {
    room.live.named.set('advice', await storeTestModel(room.blobs, 'model-3'));
    const body = { model: 'advice', query, responses: [BAD, GOOD] };
    const scored = endpoints.score.response.parse(await (await room.call('score', { body })).json());
    assert.equal(scored.model, 'model-3');
    assert.ok((scored.scores[0]?.reward ?? 1) < (scored.scores[1]?.reward ?? 0));
  });

  test('a thousand texts at once', async () => {
    room.live.live = await storeTestModel(room.blobs);
    const documents = Array.from({ length: 1000 }, (_, n) => `${n === 500 ? GOOD : BAD} ${n}`);
    assert.equal((await rerank({ query, documents, top_n: 1 })).results[0]?.index, 500);
  });

  test('what is not there is said', async () => {
    const score = (body: object) => room.call('score', { body });
    await refusal(score({ query, responses: [GOOD] }), 'model_not_found');
    await refusal(score({ model: 'nope', query, responses: [GOOD] }), 'model_not_found');
    await refusal(rerank({ model: 'nope', query, documents: [GOOD] }), 'model_not_found');
    await refusal(rerank({ query }), 'invalid_request');
    room.live.live = { modelId: 'lost', artifactSha256: 'a'.repeat(64) };
    await refusal(score({ query, responses: [GOOD] }), 'scoring_unavailable');
  });
});
