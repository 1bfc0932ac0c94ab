import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  anthropicRules,
  bedrockRules,
  openaiChatRules,
  openaiPreferenceRules,
  trlKtoRules,
  trlPreferenceRules,
  trlStepwiseRules,
} from '@attune/core';
import { text } from '../apps/web/src/curate/datasets/text.ts';

test('every rule of every format is said in both languages', () => {
  const rules = [
    openaiChatRules,
    openaiPreferenceRules,
    trlPreferenceRules,
    trlKtoRules,
    trlStepwiseRules,
    anthropicRules,
    bedrockRules,
  ].flatMap((ofFormat) => ofFormat.map(({ rule }) => rule));
  for (const language of ['en', 'vi'] as const) {
    assert.deepEqual(Object.keys(text[language].export.rules).sort(), [...new Set(rules)].sort());
  }
});
