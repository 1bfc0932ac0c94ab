import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type GateName, gateNames } from '@attune/core';
import { safetySet } from '../apps/server/src/learn/gate-measurement/safety-set.ts';
import { defaultGateSettings } from '../apps/server/src/ship/gates/gate-settings.ts';
import { TIMED } from '../apps/server/src/ship/gates/latency.ts';

const { limits, load, require_measured } = defaultGateSettings;
const limitOf: Record<GateName, number> = {
  ordering: limits.ordering,
  incumbent: limits.margin,
  people: limits.people,
  calibration: limits.calibration,
  length: limits.length,
  latency: limits.latency_ms,
  safety: limits.safety,
  over_optimisation: 0,
  leak: 0,
};

test('docs/gates.md tells every gate with its default limit', async () => {
  const text = await readFile(join(import.meta.dirname, '../docs/gates.md'), 'utf8');
  const cells = text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  assert.deepEqual(
    cells.map(([, name]) => name?.replaceAll('`', '')),
    gateNames,
  );
  for (const [, name = '', , limit = ''] of cells) {
    const numbers = limit.match(/\d+(\.\d+)?/g)?.map(Number);
    const gate = gateNames.find((one) => `\`${one}\`` === name) ?? assert.fail(name);
    assert.ok(numbers?.includes(limitOf[gate]), `${name}: ${limit} does not say ${limitOf[gate]}`);
  }
  assert.match(text, new RegExp(`Fewer than ${limits.fewest} questions`));
  assert.match(
    text,
    new RegExp(`${TIMED} scorings .*, ${load.concurrency} at a time, ${load.candidates} answers each`),
  );
  assert.match(text, new RegExp(`\\| ${safetySet.length} pairs of ours`));
  assert.equal(
    require_measured,
    false,
    'the page says that what was not measured does not refuse by default',
  );
});
