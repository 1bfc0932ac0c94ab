import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Embedder } from '../embed/embedder.ts';
import { loadStaticEmbedder } from '../embed/static-embedder.ts';
import { wordHashes } from '../text/words.ts';
import { LEXICAL_FEATURES, lexicalFeatures, lexicalQuery } from './lexical.ts';
import { DENSE_FEATURES, denseFeatures, rawFeatures } from './raw-features.ts';
import { learnRarity } from './word-rarity.ts';

const STATIC = fileURLToPath(new URL('../../../../models/minilm-static-256', import.meta.url));

describe('word rarity', () => {
  const rarity = learnRarity([wordHashes('the mask'), wordHashes('the bus'), wordHashes('the taxes')]);
  const of = (word: string) => rarity.of(wordHashes(word)[0]!);

  test('is ln((1 + n) / (1 + df)) + 1, to the step it is stored in', () => {
    assert.ok(Math.abs(of('the') - 1) < 1 / 48);
    assert.ok(Math.abs(of('mask') - (1 + Math.log(4 / 2))) < 1 / 48);
    assert.ok(Math.abs(of('unheard') - (1 + Math.log(4))) < 1 / 48);
  });
});

describe('lexical features', () => {
  const rarity = learnRarity([]);
  const features = (query: string, answer: string) => {
    const values = lexicalFeatures(lexicalQuery(wordHashes(query), rarity), wordHashes(answer));
    return Object.fromEntries(LEXICAL_FEATURES.map((name, index) => [name, values[index]!]));
  };

  test('with equal rarities the cosine is that of the word counts', () => {
    // (1, 1) and (1, 0, 1): 1 / (√2·√2).
    assert.ok(Math.abs(features('wear masks', 'masks outdoors').tfidf_cosine! - 0.5) < 1e-9);
    assert.ok(Math.abs(features('wear masks', 'Wearing a mask').overlap! - 1) < 1e-9);
    assert.equal(features('wear masks now', 'masks wear').overlap_word_pairs, 0);
    assert.equal(features('wear masks now', 'wear masks').overlap_word_pairs, 0.5);
  });

  test('a match far from the start counts in the whole and not in the opening', () => {
    const values = features('masks', `${'filler '.repeat(80)} masks`);
    assert.equal(values.overlap, 1);
    assert.equal(values.overlap_opening, 0);
    assert.ok(values.tfidf_cosine_best_window! > values.tfidf_cosine!);
  });

  test('words of scripts without spaces match too', () => {
    assert.equal(features('口罩', '请戴口罩').overlap, 1);
    assert.ok(features('маски', 'носите маски').overlap! > 0.9);
  });

  test('nothing on either side is zero everywhere', () => {
    assert.deepEqual(
      Object.values(features('', '')),
      LEXICAL_FEATURES.map(() => 0),
    );
  });
});

describe('dense features', () => {
  let embedder: Embedder;
  before(async () => {
    embedder = await loadStaticEmbedder(STATIC);
  });

  const read = async (query: string, responses: string[]) => {
    const raw = await rawFeatures(query, responses, embedder);
    return denseFeatures(raw, learnRarity([]));
  };

  test('are finite for empty, huge, multi-turn and foreign texts', async () => {
    const queries = [
      '',
      'x',
      `Human: hi\n\nAssistant: hello\n\nHuman: ${'why? '.repeat(20_000)}`,
      '為什麼？',
      '\ud800',
    ];
    const responses = [
      '',
      ' ',
      'a'.repeat(100_000),
      '? '.repeat(50_000),
      '```js\n1\n```',
      '因为。',
      '\udc00',
      '\0\x01',
    ];
    for (const query of queries) {
      for (const row of await read(query, responses)) {
        assert.equal(row.length, DENSE_FEATURES.length);
        assert.ok(row.every(Number.isFinite));
      }
    }
  });

  test("an answer's features do not depend on the other answers", async () => {
    const responses = ['Wear a mask on the bus.', 'Taxes are due in May.', ''];
    const together = await read('Do I need a mask?', responses);
    for (const [index, response] of responses.entries())
      assert.deepEqual((await read('Do I need a mask?', [response]))[0], together[index]);
  });

  test('an answer that repeats the question has the highest similarities there are', async () => {
    const [row] = await read('Do I need a mask?', ['Do I need a mask?']);
    for (const name of ['cosine', 'maxsim', 'maxsim_lowest', 'overlap', 'tfidf_cosine'] as const)
      assert.ok(Math.abs(row![DENSE_FEATURES.indexOf(name)]! - 1) < 1e-5, name);
  });

  test('the last turn of a long conversation is read', async () => {
    const query = `Human: ${'Tell me about taxes. '.repeat(100)}\n\nAssistant: Gladly.\n\nHuman: Do I need a mask?`;
    const [mask, bicycle] = await read(query, ['You need a mask.', 'You need a bicycle.']);
    const column = DENSE_FEATURES.indexOf('maxsim');
    assert.ok(mask![column]! > bicycle![column]!);
  });
});
