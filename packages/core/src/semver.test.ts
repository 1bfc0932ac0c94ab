import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareVersions, isVersion, nextVersion, seededRandom, shuffled } from './index.ts';

test('precedence as in semver.org, items 11.2 and 11.4', () => {
  const order = [
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '2.0.0',
    '2.1.0',
    '2.1.1',
    '10.0.0',
  ];
  assert.deepEqual(shuffled(order, seededRandom(2)).sort(compareVersions), order);
  assert.equal(compareVersions('1.0.0+a', '1.0.0+b'), 0);
});

test('the next version follows the highest', () => {
  assert.equal(nextVersion([]), '1.0.0');
  assert.equal(nextVersion(['1.9.0', '1.10.2', '1.2.3']), '1.11.0');
  assert.equal(nextVersion(['1.10.2'], 'patch'), '1.10.3');
  assert.equal(nextVersion(['1.10.2'], 'major'), '2.0.0');
});

test('other texts are no versions', () => {
  for (const text of ['1', '1.2', 'v1.2.3', '01.2.3', '1.2.3-', '1.2.3-01', ''])
    assert.ok(!isVersion(text), text);
  assert.throws(() => nextVersion(['one']), RangeError);
});
