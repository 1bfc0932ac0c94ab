import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CompareOffer, comparisonTarget, sidesOf, voteOf } from './comparison.ts';

const offer: CompareOffer = {
  candidate_id: 'rival',
  response: 'Other.',
  delivered_candidate_id: 'delivered',
  shown: 'right',
  propensity: 0.5,
};

test('the delivered answer stands on the side that the server drew', () => {
  assert.deepEqual(sidesOf(offer), { left: 'rival', right: 'delivered' });
  assert.deepEqual(sidesOf({ ...offer, shown: 'left' }), { left: 'delivered', right: 'rival' });
});

test('a verdict names the candidates, not only the sides', () => {
  assert.deepEqual(voteOf(offer, 'left', 0.7), {
    left: 'rival',
    right: 'delivered',
    verdict: 'left',
    chosen: 'rival',
    rejected: 'delivered',
    strength: 0.7,
  });
  const tie = voteOf(offer, 'tie');
  assert.deepEqual([tie.chosen, tie.rejected, tie.strength], [null, null, undefined]);
});

test('a comparison is the same one whichever side is which', () => {
  assert.equal(comparisonTarget(offer), comparisonTarget({ ...offer, shown: 'left' }));
});
