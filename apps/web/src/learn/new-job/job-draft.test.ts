import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DpoSettings, type Job, PpoSettings } from '@attune/contracts';
import { draftOf, emptyDraft, readSettings } from './job-draft.ts';
import { runRecipes, settingsOf } from './setting-shape.ts';

test('every recipe has settings, each of a kind that a form can show', () => {
  for (const recipe of runRecipes) assert.ok(settingsOf(recipe).length > 2, recipe);
  const dpo = new Map(settingsOf('dpo').map((setting) => [setting.name, setting]));
  assert.deepEqual(dpo.get('loss'), {
    name: 'loss',
    kind: 'choice',
    otherwise: 'sigmoid',
    options: ['sigmoid', 'ipo', 'kto'],
  });
  assert.equal(dpo.get('beta')?.kind, 'number');
  assert.equal(dpo.get('length_normalised')?.kind, 'switch');
  assert.equal(dpo.get('lora')?.kind, 'json');
  const ppo = new Map(settingsOf('ppo').map((setting) => [setting.name, setting]));
  assert.equal(ppo.get('critic_learning_rate')?.kind, 'number');
  assert.equal(ppo.get('reward')?.otherwise, undefined);
});

test('what is typed becomes what the server takes', () => {
  const settings = { beta: ' 0.2 ', loss: 'ipo', length_normalised: 'true', lora: '{"rank": 4}', seed: '' };
  const read = readSettings({ ...emptyDraft, recipe: 'dpo', settings }, settingsOf('dpo'));
  assert.ok('values' in read);
  const parsed = DpoSettings.parse(read.values);
  assert.equal(parsed.beta, 0.2);
  assert.equal(parsed.lora?.rank, 4);
  assert.equal(parsed.seed, 1);
  assert.deepEqual(readSettings({ ...emptyDraft, settings: { lora: '{rank' } }, settingsOf('dpo')), {
    unreadable: 'lora',
  });
  assert.deepEqual(readSettings({ ...emptyDraft, settings: { beta: 'much' } }, settingsOf('dpo')), {
    unreadable: 'beta',
  });
});

test('a copy of a run has what was changed in it, and reads back as the same settings', () => {
  const hyperparameters = PpoSettings.parse({ reward: { kind: 'local', model: 'happy' }, rounds: 7 });
  const job = Object.assign({} as Job, {
    recipe: 'ppo',
    dataset_id: 'd',
    base_model: 'b',
    model_name: 'm',
    hyperparameters,
  });
  const draft = draftOf(job, settingsOf('ppo'));
  assert.deepEqual(Object.keys(draft.settings).sort(), ['reward', 'rounds']);
  const read = readSettings(draft, settingsOf('ppo'));
  assert.ok('values' in read);
  assert.deepEqual(PpoSettings.parse(read.values), hyperparameters);
});
