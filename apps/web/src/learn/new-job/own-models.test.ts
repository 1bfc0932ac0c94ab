import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownModelsFor } from './own-models.ts';
import { runRecipes, settingsOf } from './setting-shape.ts';
import { sentenceFor, settingText } from './setting-text.ts';

test('a run is offered the models of one’s own that its recipe can begin with, each once', () => {
  const jobs = [
    { recipe: 'sft', resulting_model_id: 'stories@1.0.0' },
    { recipe: 'dpo', resulting_model_id: 'stories@1.1.0' },
    { recipe: 'dpo', resulting_model_id: 'stories@1.1.0' },
    { recipe: 'reward', resulting_model_id: 'cross@1.0.0' },
    { recipe: 'attune', resulting_model_id: 'linear@1.0.0' },
    { recipe: 'ppo', resulting_model_id: null },
  ] as const;
  assert.deepEqual(ownModelsFor('dpo', jobs), ['stories@1.0.0', 'stories@1.1.0']);
  assert.deepEqual(ownModelsFor('reward', jobs), ['stories@1.0.0', 'stories@1.1.0', 'cross@1.0.0']);
  assert.deepEqual(ownModelsFor('constitutional', jobs), []);
});

test('every setting of every recipe is explained, and nothing else', () => {
  const explained = new Set<string>();
  for (const recipe of runRecipes) {
    for (const { name } of settingsOf(recipe)) {
      for (const words of [settingText.en, settingText.vi])
        assert.ok(sentenceFor(words, recipe, name), `${recipe}.${name}`);
      explained.add(name).add(`${recipe}.${name}`);
    }
  }
  assert.deepEqual(
    Object.keys(settingText.en).filter((name) => !explained.has(name)),
    [],
  );
});
