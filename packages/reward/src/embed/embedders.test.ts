import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { RewardError } from '../errors.ts';
import type { Embedder } from './embedder.ts';
import { EMBEDDER_FOLDERS, embedderNamed, loadEmbedder } from './embedders.ts';
import { loadMiniLmEmbedder } from './minilm-embedder.ts';
import { loadStaticEmbedder } from './static-embedder.ts';
import { dot } from './vectors.ts';

const MODELS = fileURLToPath(new URL('../../../../models/', import.meta.url));
const STATIC = `${MODELS}minilm-static-256`;
const MINILM = `${MODELS}all-MiniLM-L6-v2`;

const parity = z
  .object({ texts: z.array(z.string()), embeddings: z.array(z.array(z.number())) })
  .parse(JSON.parse(readFileSync(`${STATIC}/parity.json`, 'utf8')));

const HARD_TEXTS = [
  '',
  ' \n\t',
  '👍🏽',
  '北京市的天气怎么样？',
  'a',
  '\ud83d',
  '[SEP] [UNK] </s>',
  'é'.normalize('NFD'),
];

/** What every embedder must do, whatever is inside. */
function embedderContract(name: string, load: () => Promise<Embedder>): void {
  describe(name, () => {
    let embedder: Embedder;
    before(async () => {
      embedder = await load();
    });
    after(() => embedder.close());

    test('gives one finite vector of unit length per text, or zeros', async () => {
      const vectors = await embedder.embed(HARD_TEXTS);
      assert.equal(vectors.length, HARD_TEXTS.length);
      for (const vector of vectors) {
        assert.equal(vector.length, embedder.dimensions);
        const length = Math.sqrt(dot(vector, vector));
        assert.ok(length === 0 || Math.abs(length - 1) < 1e-4);
      }
    });

    test('a text has the same vector alone and in any company', async () => {
      const texts = parity.texts.slice(0, 8);
      const together = await embedder.embed([...texts, 'x '.repeat(3000)]);
      for (const [index, text] of texts.entries())
        assert.deepEqual((await embedder.embed([text]))[0], together[index]);
    });

    test('its tokens come with weights and ids, and encode agrees with embed', async () => {
      const [encoding] = await embedder.encode(['Wash your hands.']);
      const [vector] = await embedder.embed(['Wash your hands.']);
      assert.deepEqual(encoding?.vector, vector);
      assert.equal(encoding?.tokens.length, 4);
      assert.equal(encoding?.weights.length, 4);
      assert.equal(encoding?.ids.length, 4);
      for (const token of encoding?.tokens ?? []) assert.ok(Math.abs(dot(token, token) - 1) < 1e-4);
    });

    test('nearer in meaning is nearer in space', async () => {
      const [asked, near, far] = await embedder.embed([
        'Do I have to wear a mask on the bus?',
        'Face coverings are required on public transport.',
        'The grant is taxable income for the self-employed.',
      ]);
      assert.ok(dot(asked!, near!) > dot(asked!, far!) + 0.1);
    });

    test('reads a bounded part of a text of any length', async () => {
      const long = 'wash your hands '.repeat(10_000);
      const [whole, start] = await embedder.encode([long, long.slice(0, 20_000)]);
      assert.deepEqual(whole, start);
      assert.ok(whole!.tokens.length <= 512);
    });
  });
}

embedderContract('static embedder', () => loadStaticEmbedder(STATIC));
embedderContract('MiniLM embedder', () => loadMiniLmEmbedder(MINILM));
embedderContract('MiniLM embedder on two threads', () => loadMiniLmEmbedder(MINILM, { threads: 2 }));

test('MiniLM reads the same on one thread and on several', async () => {
  const [one, two] = [await loadMiniLmEmbedder(MINILM), await loadMiniLmEmbedder(MINILM, { threads: 2 })];
  const texts = [...parity.texts.slice(0, 5), '', 'x '.repeat(500)];
  assert.equal(two.id, one.id);
  assert.deepEqual(await two.encode(texts), await one.encode(texts));
  assert.deepEqual(await two.embed(texts), await one.embed(texts));
  await one.close();
  await two.close();
});

test('a model’s embedder is found by the id in its card', async () => {
  for (const name of ['static', 'minilm'] as const) {
    const embedder = await loadEmbedder(name, MODELS);
    assert.equal(embedderNamed(embedder.id), name);
    assert.ok(embedder.id.startsWith(EMBEDDER_FOLDERS[name]));
    await embedder.close();
  }
  const isMismatch = (error: unknown) => error instanceof RewardError && error.code === 'embedder_mismatch';
  assert.throws(() => embedderNamed('all-MiniLM-L6-v2x@000000000000'), isMismatch);
  assert.throws(() => embedderNamed(''), isMismatch);
});

test('the static embedder agrees with the reference that made its weights', async () => {
  const vectors = await (await loadStaticEmbedder(STATIC)).embed(parity.texts);
  vectors.forEach((vector, index) => {
    vector.forEach((value, i) => {
      assert.ok(Math.abs(value - parity.embeddings[index]![i]!) < 5e-4, parity.texts[index]);
    });
  });
});

test('embedders are named after their weights', async () => {
  assert.match((await loadStaticEmbedder(STATIC)).id, /^minilm-static-256@[0-9a-f]{12}$/);
  const minilm = await loadMiniLmEmbedder(MINILM, { encodedTokens: 64 });
  assert.match(minilm.id, /^all-MiniLM-L6-v2@[0-9a-f]{12}\/64$/);
  await minilm.close();
});

test('a folder without weights is refused by name', async () => {
  const isDamaged = (error: unknown) => error instanceof RewardError && error.code === 'model_damaged';
  await assert.rejects(loadStaticEmbedder('/nowhere'), isDamaged);
  await assert.rejects(loadMiniLmEmbedder('/nowhere'), isDamaged);
  await assert.rejects(loadMiniLmEmbedder('/nowhere', { threads: 2 }), isDamaged);
});
