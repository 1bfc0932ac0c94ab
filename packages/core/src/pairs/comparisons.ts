import { questionKey } from '../conversation/question-key.ts';
import { answerKey } from './answer-key.ts';
import type { LeftOut, PairingResult, PreferencePair } from './preference-pair.ts';

/** One vote of one person between two answers to a query. */
export interface Comparison {
  readonly id: string;
  readonly query: string;
  readonly context?: string;
  readonly chosen: string;
  readonly rejected: string;
  /** How clear it was to the person, 0 to 1; 1 when they did not say. */
  readonly strength: number | null;
}

/**
 * One pair for each two answers that were compared, by majority of the votes weighted by their strength. Strength: the
 * winner's lead over all votes.
 */
export function comparisonPairs(comparisons: readonly Comparison[]): PairingResult {
  const pairs: PreferencePair[] = [];
  const left_out: LeftOut[] = [];
  for (const votes of byTexts(comparisons)) {
    const { query, context, chosen, rejected } = votes[0]!;
    const feedback_ids = votes.map(({ id }) => id);
    const leave = (reason: LeftOut['reason']) =>
      left_out.push({ reason, method: 'comparison', query, feedback_ids });
    if (answerKey(chosen) === answerKey(rejected)) {
      leave('same_text');
      continue;
    }
    const first = answerKey(chosen);
    const lead = votes.reduce((sum, vote) => sum + signed(vote, first), 0) / votes.length;
    if (lead === 0) leave('raters_disagree');
    else {
      const order = lead > 0 ? { chosen, rejected } : { chosen: rejected, rejected: chosen };
      pairs.push({
        query,
        ...(context && { context }),
        ...order,
        strength: Math.abs(lead),
        method: 'comparison',
        feedback_ids,
      });
    }
  }
  return { pairs, left_out };
}

function signed({ chosen, strength }: Comparison, first: string): number {
  return (answerKey(chosen) === first ? 1 : -1) * (strength ?? 1);
}

function byTexts(comparisons: readonly Comparison[]): Comparison[][] {
  const groups = Map.groupBy(comparisons, (vote) =>
    JSON.stringify([questionKey(vote), ...[answerKey(vote.chosen), answerKey(vote.rejected)].sort()]),
  );
  return [...groups.values()];
}
