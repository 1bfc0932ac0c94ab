import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Candidate, LoggedAnswer } from '@attune/contracts';
import { rankedCandidates } from './ranked-candidates.ts';

const candidate = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  text: `Text of ${id}.`,
  generation_method: 'temperature_0.7',
  reward_score: null,
  failed_checks: [],
  propensity: 0,
  latency_ms: 100,
  tokens: null,
  finish_reason: 'stop',
  merged: [],
  ...more,
});
const conversation = (selected_response: string | null, all_candidates: Candidate[]): LoggedAnswer => ({
  response_id: '0198c0de-0000-7000-8000-000000000001',
  user_id: null,
  session_id: null,
  timestamp: '2026-01-01T00:00:00Z',
  query: 'How?',
  context: [],
  selected_response,
  reward_score: null,
  all_candidates,
  policy: 'p',
  reward_model: null,
  parent_response_id: null,
  compare: null,
  selection: 'best',
  status: 'delivered',
  degraded: null,
  timings: {},
});
const order = (chat: LoggedAnswer) => rankedCandidates(chat).map(({ candidate: { id } }) => id);

test('the delivered one comes first, the others by score, failed and merged ones last', () => {
  const all = [
    candidate('failed', { text: '', error: 'upstream_timeout' }),
    candidate('low', { reward_score: 0.2 }),
    candidate('away'),
    candidate('delivered', { reward_score: 0.7, propensity: 1, merged: ['away'] }),
    candidate('high', { reward_score: 0.9 }),
  ];
  assert.deepEqual(order(conversation('Text of delivered.', all)), [
    'delivered',
    'high',
    'low',
    'away',
    'failed',
  ]);
});

test('a late candidate is one that was never in the choice', () => {
  const late = candidate('late', { propensity: null });
  const ranked = rankedCandidates(conversation('Text of a.', [late, candidate('a', { propensity: 1 })]));
  assert.deepEqual(
    ranked.map(({ candidate: { id }, late: isLate }) => [id, isLate]),
    [
      ['a', false],
      ['late', true],
    ],
  );
});

test('a partly delivered text still belongs to its candidate; nothing delivered belongs to none', () => {
  const all = [candidate('a'), candidate('b')];
  assert.equal(rankedCandidates(conversation('Text of b', all))[0]?.delivered, true);
  assert.ok(rankedCandidates(conversation(null, all)).every(({ delivered }) => !delivered));
});
