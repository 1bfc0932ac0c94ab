import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '@attune/contracts';
import { settingsRows } from './settings-rows.ts';

function job(hyperparameters: object, base_model = 'a'): Job {
  const settings = { recipe: 'dpo', base_model, revision: null, dataset_id: 'd', hyperparameters };
  return Object.assign({} as Job, settings);
}

test('settings are laid out flat', () => {
  const rows = settingsRows(job({ beta: 0.1, lora: { rank: 4, targets: ['q', 'v'] }, seed: 1 }), null);
  assert.deepEqual(
    rows.map(({ name, own }) => [name, own]),
    [
      ['recipe', 'dpo'],
      ['base_model', 'a'],
      ['revision', '–'],
      ['dataset_id', 'd'],
      ['beta', '0.1'],
      ['lora.rank', '4'],
      ['lora.targets', 'q, v'],
      ['seed', '1'],
    ],
  );
});

test('beside another run it shows what differs, also what one of them lacks', () => {
  const rows = settingsRows(job({ beta: 0.1, lora: null }), job({ beta: 0.2, lora: { rank: 4 } }));
  const differing = rows.filter(({ differs }) => differs);
  assert.deepEqual(
    differing.map(({ name, own, other }) => [name, own, other]),
    [
      ['beta', '0.1', '0.2'],
      ['lora.rank', '–', '4'],
    ],
  );
});
