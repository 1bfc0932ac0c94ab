import type { PairMethod } from '@attune/contracts';
import { makePairs, type PairingResult } from '@attune/core';
import type { TrainableFeedback } from '../trainable.ts';

/** Evidence first: where two methods pair the same answers, the earlier one's pair counts. */
const precedence = ['comparison', 'correction', 'direct', 'absolute', 'multi_aspect'] as const;

/** Pairs made from feedback by some methods, and what gave none; methods that need a person make nothing. */
export function feedbackPairs(
  feedback: readonly TrainableFeedback[],
  methods: readonly PairMethod[],
): PairingResult {
  const onAnswers = feedback.filter(({ remark }) => remark === null);
  const comparisons = feedback.flatMap(({ id, query, context, remark }) =>
    remark?.kind === 'comparison' ? [{ id, query, context, ...remark }] : [],
  );
  return makePairs(onAnswers, {
    methods: precedence.filter((method) => methods.includes(method)),
    comparisons,
  });
}
