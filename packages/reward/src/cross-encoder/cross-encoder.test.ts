import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { RewardError } from '../errors.ts';
import { isSlowModel, loadRewardScorer } from '../model/load-reward-scorer.ts';
import type { RewardScorer } from '../model/reward-scorer.ts';
import { tokenIds } from './cross-encoder.ts';
import { readScoringFile } from './scoring-file.ts';
import { tokenRow } from './token-row.ts';

/** Made by trainer/tests/make_scoring_fixture.py: a tiny cross-encoder, and what PyTorch makes of some texts with it. */
const folder = join(import.meta.dirname, 'testing');
const noEmbedder = async () => assert.fail('a cross-encoder has no embedder');

interface Expected {
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
    const idsOf = tokenIds(model);
    for (const { query, response, ids } of expected) {
      assert.deepEqual(
        tokenRow(idsOf(query), idsOf(response), model),
        ids,
        JSON.stringify([query, response]),
      );
    }
  });

  test('scores as PyTorch does, within a thousandth, with its dimensions', async () => {
    for (const { query, response, score } of expected) {
      const [found] = await scorer.score(query, [response]);
      assert.ok(Math.abs((found?.reward ?? Number.NaN) - score) < 1e-3, JSON.stringify([query, response]));
      assert.deepEqual(Object.keys(found?.dimensions ?? {}), ['clarity', 'safety']);
    }
  });

  test('an answer’s score does not depend on the others', async () => {
    const [first, second] = expected;
    assert.ok(first && second);
    const [alone] = await scorer.score(first.query, [first.response]);
    const [, among] = await scorer.score(first.query, [second.response, first.response]);
    assert.deepEqual(among, alone);
    assert.deepEqual(await scorer.score(first.query, []), []);
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
