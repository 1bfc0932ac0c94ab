import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RetrainingRule } from '@attune/contracts';
import { emptyRule, ruleBody, ruleDraftOf } from './rule-draft.ts';

const typed = { ...emptyRule, name: 'Weekly', timeZone: 'UTC' };
const stored = (body: ReturnType<typeof ruleBody>): RetrainingRule => ({
  ...body,
  id: '01940000-0000-7000-8000-000000000001',
  failures: 0,
  last_look: null,
  last_run: null,
  created_by: null,
  created_at: '2026-03-01T00:00:00Z',
  updated_at: '2026-03-01T00:00:00Z',
});

test('a rule read from a form and shown in it again is the same', () => {
  const drafts = [
    typed,
    { ...typed, ratings: '', cron: '0 3 * * 1', minimum: '10', monthlyCost: '5', evaluationSet: 'frozen' },
    { ...typed, ratings: '', accuracy: '0.7', labels: '250', shadowShare: '0.1' },
    { ...typed, recipe: 'dpo' as const, baseModel: 'm', modelName: 'p', settings: { beta: '0.2' } },
  ];
  for (const draft of drafts) assert.deepEqual(ruleDraftOf(stored(ruleBody(draft, null))), draft);
});

test('a recipe has the data that it learns from', () => {
  const kindOf = (recipe: 'attune' | 'dpo' | 'sft') =>
    ruleBody({ ...typed, recipe, baseModel: 'm' }, null).preparation.dataset_type;
  assert.deepEqual([kindOf('attune'), kindOf('dpo'), kindOf('sft')], ['reward', 'dpo', 'instruction_tuning']);
});

test('what the form does not show stays as it was', () => {
  const before = stored(ruleBody(typed, null));
  const rule = { ...before, preparation: { ...before.preparation, include_used: false, seed: 7 } };
  const { preparation } = ruleBody(typed, rule);
  assert.deepEqual([preparation.include_used, preparation.seed], [false, 7]);
});

test('what cannot be is said by its name', () => {
  assert.throws(() => ruleBody({ ...typed, ratings: '' }, null), /trigger.ratings/);
  assert.throws(() => ruleBody({ ...typed, ratings: 'many' }, null), /trigger.ratings/);
  assert.throws(() => ruleBody({ ...typed, name: '' }, null), /name/);
});
