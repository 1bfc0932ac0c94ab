import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineageLayout } from './lineage-layout.ts';

const feedback = Array.from({ length: 9 }, (_, n) => ({
  kind: 'feedback' as const,
  id: `f${n}`,
  label: `F${n}`,
  facts: ['rating'],
}));

test('sides stand in the middle of each other, long groups are cut and counted', () => {
  const layout = lineageLayout({
    node: { kind: 'dataset', id: 'd', label: 'd v1', facts: [] },
    upstream: [...feedback, { kind: 'pair', id: 'p', label: 'P', facts: [] }],
    downstream: [{ kind: 'model', id: 'm', label: 'M', facts: [] }],
    upstream_counts: { feedback: 500, pair: 1, answer: 0 },
    downstream_counts: { model: 1 },
  });
  assert.deepEqual(
    layout.upstream.map(({ kind, count, nodes }) => [kind, count, nodes.length]),
    [
      ['feedback', 500, 4],
      ['pair', 1, 1],
    ],
  );
  const [model] = layout.downstream;
  assert.equal((model?.y ?? 0) + (model?.height ?? 0) / 2, layout.middle);
  const [first, second] = layout.upstream;
  assert.ok((first?.y ?? 0) + (first?.height ?? 0) < (second?.y ?? 0));
});

test('what has no relatives still has a height', () => {
  const alone = { upstream: [], downstream: [], upstream_counts: {}, downstream_counts: {} };
  const layout = lineageLayout({ node: { kind: 'dataset', id: 'd', label: 'd', facts: [] }, ...alone });
  assert.equal(layout.height, 72);
});
