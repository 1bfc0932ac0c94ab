import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agreementIn } from './agreement.ts';
import { otherCorpora, shippedCorpus } from './rated-corpora.ts';

test('two raters of the shipped corpus agree beyond chance, and more by order than by name', async () => {
  const { units, ratings, alpha } = agreementIn(await shippedCorpus());
  assert.equal(ratings, 2 * units);
  assert.ok((alpha.nominal?.ci[0] ?? 0) > 0.2);
  assert.ok((alpha.ordinal?.value ?? 0) > (alpha.nominal?.value ?? 1));
});

const others = await otherCorpora();
test('corpora of development agree as their counts say', {
  skip: 'missing' in others ? others.missing : false,
}, () => {
  assert.ok(!('missing' in others));
  const [feedbackQa, tweets, words] = others.map((corpus) => agreementIn(corpus, 50));
  // Counted by hand: 960 of 1,929 answers got the same level twice.
  assert.equal(feedbackQa?.units, 1929);
  assert.ok(Math.abs((feedbackQa?.percent.value ?? 0) - 960 / 1929) < 1e-12);
  assert.deepEqual([tweets?.units, tweets?.ratings], [24_783, 80_383]);
  assert.deepEqual([words?.units, words?.ratings], [7520, 75_200]);
  assert.ok((words?.alpha.interval?.value ?? 0) > 0.7);
});
