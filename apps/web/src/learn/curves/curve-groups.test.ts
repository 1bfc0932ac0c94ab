import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alignedLines, curveGroups } from './curve-groups.ts';

const series = (name: string, steps: number[], values: number[]) => ({ name, steps, values });

test('a measurement on training and validation rows comes into one chart, of both runs', () => {
  const groups = curveGroups(
    [series('loss', [1, 2], [3, 2]), series('kl', [1], [0]), series('validation_loss', [2], [2.5])],
    [series('loss', [1], [4])],
  );
  assert.deepEqual(
    groups.map(({ name, lines }) => [
      name,
      lines.map(({ label, other, heldOut }) => [label, other, heldOut]),
    ]),
    [
      [
        'loss',
        [
          ['loss', false, false],
          ['validation_loss', false, true],
          ['loss', true, false],
        ],
      ],
      ['kl', [['kl', false, false]]],
    ],
  );
});

test('lines stand on one axis of steps, with nothing where they were not measured', () => {
  const [group] = curveGroups([
    series('loss', [1, 2, 4], [3, 2, 1]),
    series('validation_loss', [2, 3], [2.5, 2.4]),
  ]);
  assert.deepEqual(alignedLines(group?.lines ?? []), [
    [1, 2, 3, 4],
    [3, 2, null, 1],
    [null, 2.5, 2.4, null],
  ]);
});
