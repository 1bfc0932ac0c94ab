import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paretoFront } from '../index.ts';

test('who is beaten in everything goes, equals stay', () => {
  const models = [
    { id: 'helpful', values: [0.9, 0.5] },
    { id: 'safe', values: [0.6, 0.9] },
    { id: 'worse', values: [0.6, 0.4] },
    { id: 'twin', values: [0.9, 0.5] },
    { id: 'nearly', values: [0.9, 0.4] },
  ];
  const front = paretoFront(models, ({ values }) => values).map(({ id }) => id);
  assert.deepEqual(front, ['helpful', 'safe', 'twin']);
  assert.deepEqual(
    paretoFront([], () => []),
    [],
  );
});
