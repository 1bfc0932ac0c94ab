import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preferredLanguage } from './language.ts';

test('the first language that there are texts in is used, English where there is none', () => {
  assert.equal(preferredLanguage(['vi-VN', 'en']), 'vi');
  assert.equal(preferredLanguage(['de-AT', 'VI']), 'vi');
  assert.equal(preferredLanguage(['en-GB', 'vi']), 'en');
  assert.equal(preferredLanguage(['de', 'fr']), 'en');
  assert.equal(preferredLanguage([]), 'en');
});
