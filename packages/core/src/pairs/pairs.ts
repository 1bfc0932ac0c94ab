import { questionKey } from '../conversation/question-key.ts';
import type { TrainingFeedback } from '../training-feedback.ts';
import { absolutePairs } from './absolute.ts';
import { answerKey } from './answer-key.ts';
import { type Comparison, comparisonPairs } from './comparisons.ts';
import { correctionPairs } from './corrections.ts';
import { directPairs } from './direct.ts';
import { type AspectWeights, multiAspectPairs } from './multi-aspect.ts';
import type { LeftOut, PairingMethod, PairingResult, PreferencePair } from './preference-pair.ts';

export interface PairingOptions {
  /** In order of precedence: of two methods that pair the same answers, the earlier wins. Default: all, evidence first. */
  methods?: readonly PairingMethod[];
  /** Votes between answers, for `comparison`. */
  comparisons?: readonly Comparison[];
  /** Mean rating that parts good from bad, for `absolute`; default 3.5. */
  middle?: number;
  /** Weights of the dimensions, for `multi_aspect`. */
  weights?: AspectWeights;
  /** Most pairs of one query, the clearest kept; default 50. */
  mostPerQuery?: number;
}

const allMethods: readonly PairingMethod[] = [
  'comparison',
  'correction',
  'direct',
  'absolute',
  'multi_aspect',
];

/**
 * Preference pairs from rated feedback, with what gave none and why. The same two answers to a query pair once, and
 * identical texts never do. The same input gives the same pairs in the same order.
 */
export function makePairs(
  feedback: readonly TrainingFeedback[],
  options: PairingOptions = {},
): PairingResult {
  const results = (options.methods ?? allMethods).map((method) => pairsBy(method, feedback, options));
  const left_out = results.flatMap((result) => result.left_out);
  const distinct = firstOfEach(
    results.flatMap((result) => result.pairs),
    left_out,
  );
  const pairs = clearest(distinct, options.mostPerQuery ?? 50, left_out);
  return { pairs, left_out };
}

function pairsBy(
  method: PairingMethod,
  feedback: readonly TrainingFeedback[],
  options: PairingOptions,
): PairingResult {
  switch (method) {
    case 'direct':
      return directPairs(feedback);
    case 'absolute':
      return absolutePairs(feedback, options.middle);
    case 'multi_aspect':
      return multiAspectPairs(feedback, options.weights);
    case 'correction':
      return correctionPairs(feedback);
    case 'comparison':
      return comparisonPairs(options.comparisons ?? []);
  }
}

function firstOfEach(pairs: readonly PreferencePair[], left_out: LeftOut[]): PreferencePair[] {
  const chosenOf = new Map<string, string>();
  return pairs.filter((pair) => {
    const chosen = answerKey(pair.chosen);
    const key = JSON.stringify([questionKey(pair), ...[chosen, answerKey(pair.rejected)].sort()]);
    const before = chosenOf.get(key);
    if (before === undefined) chosenOf.set(key, chosen);
    else left_out.push(leftOut(pair, before === chosen ? 'already_paired' : 'contradicts_other_pair'));
    return before === undefined;
  });
}

function clearest(pairs: readonly PreferencePair[], most: number, left_out: LeftOut[]): PreferencePair[] {
  const dropped = new Set<PreferencePair>();
  for (const group of Map.groupBy(pairs, questionKey).values()) {
    for (const pair of group.toSorted((a, b) => b.strength - a.strength).slice(most)) dropped.add(pair);
  }
  for (const pair of dropped) left_out.push(leftOut(pair, 'too_many_for_query'));
  return pairs.filter((pair) => !dropped.has(pair));
}

function leftOut({ method, query, feedback_ids }: PreferencePair, reason: LeftOut['reason']): LeftOut {
  return { reason, method, query, feedback_ids };
}
