import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { type ExportedMetric, exportedMetrics } from '../apps/server/src/watch/metrics/exported-metrics.ts';

const read = (path: string) => readFile(join(import.meta.dirname, '..', path), 'utf8');
const metrics: [string, ExportedMetric][] = Object.entries(exportedMetrics);

const Dashboard = z.object({
  panels: z.array(
    z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) }),
  ),
});

/** Names that Prometheus stores a metric under. */
function series([name, { type }]: [string, ExportedMetric]): string[] {
  return type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name];
}

async function expressions(): Promise<string[]> {
  const { panels } = Dashboard.parse(JSON.parse(await read('deploy/grafana/attune.json')));
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
}

test('docs/metrics.md tells every exported metric', async () => {
  const rows = metrics.map(([name, { type, labels, help }]) => {
    const cells = [`\`${name}\``, type, labels.map((label) => `\`${label}\``).join(', '), help];
    return `| ${cells.join(' | ')} |`.replace(/\| {2}(?=\|)/g, '| ');
  });
  const docs = (await read('docs/metrics.md')).split('\n');
  assert.deepEqual(
    docs.filter((line) => line.startsWith('| `')),
    rows,
  );
});

test('the Grafana dashboard asks for exported metrics only, and for every one', async () => {
  const asked = (await expressions()).flatMap((expr) => expr.match(/\battune_\w+/g) ?? []);
  const known = new Set(metrics.flatMap(series));
  assert.deepEqual(
    asked.filter((name) => !known.has(name)),
    [],
  );
  const unshown = metrics.filter((metric) => !series(metric).some((name) => asked.includes(name)));
  assert.deepEqual(
    unshown.map(([name]) => name),
    [],
  );
});

test('it groups and filters by labels that they have', async () => {
  for (const expr of await expressions()) {
    const [name] = expr.match(/\battune_\w+/) ?? [];
    const metric = metrics.find((each) => name !== undefined && series(each).includes(name));
    if (metric === undefined) continue;
    const grouped = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, labels = '']) => labels.split(/, */));
    const filtered = [...expr.matchAll(/(\w+)="/g)].map(([, label = '']) => label);
    const labels = new Set([
      'le',
      ...metric[1].labels,
      ...(expr.match(/attune_answers_total\{status/) ? ['status'] : []),
    ]);
    for (const label of [...grouped, ...filtered]) assert.ok(labels.has(label), `${label} in ${expr}`);
  }
});
