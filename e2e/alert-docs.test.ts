import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { AlertKind } from '@attune/contracts';
import { alertRuleKinds } from '@attune/core';

/** A row of the table in docs/alerts.md, from the rule's own figures. */
function rowOf(kind: AlertKind): string {
  const { direction, threshold_unit: unit, window_unit, confidence, defaults } = alertRuleKinds[kind];
  const { threshold, window, minimum_n, hysteresis, severity } = defaults;
  const inUnit = (value: number) => (unit === 'share' ? `${Number((value * 100).toFixed(2))} %` : `${value}`);
  const units = unit === null || unit === 'share' ? '' : ` ${unit}`;
  const cells = [
    `\`${kind}\``,
    threshold === null ? 'when it happens' : `${direction} ${inUnit(threshold)}${units}`,
    window === null ? '' : `${window} ${window === 1 ? window_unit?.slice(0, -1) : window_unit}`,
    minimum_n === null ? '' : String(minimum_n),
    hysteresis === null ? 'when seen' : `${inUnit(hysteresis)} better`,
    confidence === null ? '' : `${Number((confidence * 100).toFixed(1))} %`,
    severity,
  ];
  return `| ${cells.join(' | ')} |`.replace(/\| {2}(?=\|)/g, '| ');
}

test('docs/alerts.md shows the default rule of every kind', async () => {
  const docs = await readFile(join(import.meta.dirname, '../docs/alerts.md'), 'utf8');
  const rows = docs.split('\n').filter((line) => line.startsWith('| `'));
  assert.deepEqual(rows.slice(0, AlertKind.options.length), AlertKind.options.map(rowOf));
});
