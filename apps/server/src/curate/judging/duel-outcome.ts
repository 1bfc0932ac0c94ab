import { dawidSkene, mean } from '@attune/core';
import type { Duel } from './duels.ts';

/** What a duel comes to: how clearly one leads (−1 to 1, 0 for neither), or why neither does. */
export type DuelOutcome =
  | { readonly lead: number }
  | { readonly neither: 'tie' | 'both_bad' | 'raters_disagree' };

/**
 * Each vote counts alike: the lead is the mean of the leads that the judges gave, and most of them must not have said
 * that both are bad.
 */
export function byMajority({ votes }: Duel): DuelOutcome {
  const share = (verdict: string) => votes.filter((vote) => vote.verdict === verdict).length / votes.length;
  if (share('both_bad') > 0.5) return { neither: 'both_bad' };
  if (share('tie') > 0.5) return { neither: 'tie' };
  const lead = mean(votes.map((vote) => vote.lead));
  return lead === 0 ? { neither: 'raters_disagree' } : { lead };
}

const classes = ['first', 'tie', 'second', 'both_bad'] as const;
const swapped = { first: 'second', tie: 'tie', second: 'first', both_bad: 'both_bad' } as const;

/**
 * Votes count by how reliable their judges are over all duels (Dawid and Skene 1979): the lead is the probability
 * that the first is better less that of the second. Each duel counts with its sides swapped too: items often name the
 * better response first, and that must not settle what judges left open.
 */
export function byReliability(duels: readonly Duel[]): DuelOutcome[] {
  const labels = duels.flatMap(({ votes }, item) =>
    votes.flatMap(({ judge, verdict }) => [
      { item: String(item), judge, label: classes.indexOf(verdict) },
      { item: `${item} swapped`, judge, label: classes.indexOf(swapped[verdict]) },
    ]),
  );
  const { posterior } = dawidSkene(labels, classes.length);
  return duels.map((_, item) => outcomeOf(posterior.get(String(item)) ?? []));
}

function outcomeOf(shares: readonly number[]): DuelOutcome {
  const [first = 0, tie = 0, second = 0, bothBad = 0] = shares;
  if (bothBad > Math.max(first, second, tie)) return { neither: 'both_bad' };
  if (tie > Math.max(first, second)) return { neither: 'tie' };
  const lead = first - second;
  return lead === 0 ? { neither: 'raters_disagree' } : { lead };
}
