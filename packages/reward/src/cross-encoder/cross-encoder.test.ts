import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { RewardError } from '../errors.ts';
import { isSlowModel, loadRewardScorer } from '../model/load-reward-scorer.ts';
import type { RewardScorer } from '../model/reward-scorer.ts';
import { rowReader } from './row-reader.ts';
import { readScoringFile } from './scoring-file.ts';

/** Made by trainer/tests/make_scoring_fixture.py: tiny models, and what PyTorch makes of some texts with them. */
const folder = join(import.meta.dirname, 'testing');
const noEmbedder = async () => assert.fail('a cross-encoder has no embedder');

interface Expected {
  context: string;
  query: string;
  response: string;
  ids: number[];
  score: number;
}

describe('a cross-encoder of the trainer', () => {
  let file: Buffer;
  let expected: Expected[];
  let scorer: RewardScorer;
  before(async () => {
    file = await readFile(join(folder, 'tiny.attune'));
    expected = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8'));
    scorer = await loadRewardScorer(file, noEmbedder);
  });
  after(() => scorer.close());

  test('reads the same tokens as in training', () => {
    const model = readScoringFile(file);
    const rowsOf = rowReader(model);
    for (const { context, query, response, ids } of expected) {
      const texts = JSON.stringify([context, query, response]);
      assert.deepEqual(rowsOf({ query, context })(response), ids, texts);
    }
    assert.ok(
      expected.filter(({ context, ids }) => context !== '' && ids.length < model.max_length).length > 5,
    );
  });

  test('scores as PyTorch does, within a thousandth, with its dimensions', async () => {
    for (const { context, query, response, score } of expected) {
      const [found] = await scorer.score({ query, context }, [response]);
      const texts = JSON.stringify([context, query, response]);
      assert.ok(Math.abs((found?.reward ?? Number.NaN) - score) < 1e-3, texts);
      assert.deepEqual(Object.keys(found?.dimensions ?? {}), ['clarity', 'safety']);
    }
  });

  test('an answer’s score does not depend on the others', async () => {
    const [first, second] = expected;
    assert.ok(first && second);
    const [alone] = await scorer.score(first, [first.response]);
    const [, among] = await scorer.score(first, [second.response, first.response]);
    assert.deepEqual(among, alone);
    assert.deepEqual(await scorer.score(first, []), []);
  });

  test('is told from a linear model, and counts as slow', () => {
    assert.equal(isSlowModel(file), true);
  });

  test('damage is refused', async () => {
    const isDamaged = (error: unknown) => error instanceof RewardError && error.code === 'model_damaged';
    const changed = Buffer.from(file);
    changed[file.length - 100]! ^= 1;
    await assert.rejects(loadRewardScorer(changed, noEmbedder), isDamaged);
    await assert.rejects(loadRewardScorer(file.subarray(0, 40), noEmbedder), isDamaged);
    const newer = Buffer.from(file);
    newer.writeUInt32LE(2, 8);
    await assert.rejects(
      loadRewardScorer(newer, noEmbedder),
      (error: unknown) => error instanceof RewardError && error.code === 'model_version_unknown',
    );
  });
});

for (const name of ['decoder', 'chat-decoder']) {
  test(`a ${name} of the trainer reads its tokens and scores as PyTorch does, within a thousandth`, async () => {
    const file = await readFile(join(folder, `${name}.attune`));
    const expected: Expected[] = JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8'));
    const model = readScoringFile(file);
    const rowsOf = rowReader(model);
    const scorer = await loadRewardScorer(file, noEmbedder);
    for (const { context, query, response, ids, score } of expected) {
      const texts = JSON.stringify([context, query, response]);
      assert.deepEqual(rowsOf({ query, context })(response), ids, texts);
      const [found] = await scorer.score({ query, context }, [response]);
      assert.ok(Math.abs((found?.reward ?? Number.NaN) - score) < 1e-3, texts);
    }
    assert.ok(expected.some(({ ids }) => ids.length === model.max_length));
    assert.ok(expected.some(({ ids }) => ids.length < model.max_length));
    await scorer.close();
  });
}

test('a decoder whose tokens differ from those of training is refused', async () => {
  const model = readScoringFile(await readFile(join(folder, 'decoder.attune')));
  assert.equal(model.architecture, 'decoder');
  const frame = { ...model.frame, before: 'Dear reader: ' };
  assert.throws(
    () => rowReader({ ...model, frame }),
    (error) => error instanceof RewardError && /other tokens/.test(error.message),
  );
});
