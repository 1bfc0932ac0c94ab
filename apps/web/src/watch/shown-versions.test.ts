import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VersionCounters } from '@attune/contracts';
import { shownVersions } from './shown-versions.ts';

function version(reward_model: string | null, of: Partial<VersionCounters> = {}): VersionCounters {
  return {
    reward_model,
    in_traffic: false,
    answers: 5,
    last_answer_at: null,
    feedback: 1,
    ratings: 0,
    average_rating: null,
    distribution: [0, 0, 0, 0, 0],
    thumbs_up: 0,
    thumbs_down: 0,
    corrections: 0,
    trend: null,
    ...of,
  };
}
const names = (versions: readonly VersionCounters[]) => versions.map(({ reward_model }) => reward_model);

test('what is in traffic comes first, then the newest answer; what no model chose last', () => {
  const { shown, idle } = shownVersions([
    version(null, { in_traffic: false, last_answer_at: '2026-03-09T00:00:00.000Z' }),
    version('a', { last_answer_at: '2026-03-01T00:00:00.000Z' }),
    version('b', { last_answer_at: '2026-03-02T00:00:00.000Z' }),
    version('never'),
    version('live', { in_traffic: true, feedback: 0 }),
  ]);
  assert.deepEqual(names(shown), ['live', 'b', 'a', 'never', null]);
  assert.deepEqual(idle, []);
});

test('versions that nobody uses and nobody rated are apart', () => {
  const trial = version('trial', { feedback: 0, last_answer_at: '2026-03-09T00:00:00.000Z' });
  const { shown, idle } = shownVersions([trial, version('old'), version(null, { feedback: 0 })]);
  assert.deepEqual([names(shown), names(idle)], [['old', null], ['trial']]);
});
