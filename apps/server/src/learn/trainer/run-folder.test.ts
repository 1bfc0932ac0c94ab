import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobRow } from '../job-store.ts';
import { endingOfFailure } from './ending-of-failure.ts';
import { specOf } from './run-folder.ts';

const dataset = { id: '019a0000-0000-7000-8000-000000000000', name: 'd', contentHash: 'a'.repeat(64) };

test('settings of an earlier release that are not taken any more end a job in words, naming them', () => {
  const stored = { url: 'https://judge.example/v1', model: 'm', key_variable: 'OPENAI_API_KEY' };
  const job = Object.assign({} as JobRow, {
    id: 'j',
    recipe: 'constitutional',
    revision: null,
    hyperparameters: stored,
  });
  let ending: ReturnType<typeof endingOfFailure> | undefined;
  try {
    specOf(job, dataset, 'base');
  } catch (error) {
    ending = endingOfFailure(error);
  }
  assert.ok(ending?.kind === 'failed');
  assert.equal(ending.code, 'invalid_spec');
  assert.match(ending.message, /hyperparameters\.key_variable: .*ATTUNE_RUN_KEY_.*Start another like it/);
  const named = { ...stored, key_variable: 'ATTUNE_RUN_KEY_OPENAI' };
  assert.equal(
    specOf({ ...job, hyperparameters: named } as JobRow, dataset, 'base').recipe,
    'constitutional',
  );
});
