import type { AlertKind } from '@attune/contracts';
import {
  type AlertChange,
  averageRatingRule,
  decideAlert,
  decideNegativeSpike,
  mean,
  negativeSpikeRule,
} from '@attune/core';
import type { RecentReactions } from './collected-feedback.ts';

const RATINGS = 50;
const RECENT = 30;
const BASELINE = 200;

/** How far back the rules look. */
export const windows = { ratings: RATINGS, reactions: RECENT + BASELINE };

/** What a rule says about a version, with the figures to show for it. */
export interface Verdict {
  readonly kind: AlertKind;
  readonly change: AlertChange;
  readonly value: number;
  readonly threshold: number;
  readonly n: number;
  readonly message: string;
}

/** Every rule's verdict on the last reactions to one version, knowing which alerts fire already. */
export function verdicts(
  reactions: RecentReactions,
  version: string | null,
  firing: ReadonlySet<string>,
): Verdict[] {
  const name = version ?? 'answers without a reward model';
  return [averageRating(reactions, name, firing), negativeSpike(reactions, name, firing)];
}

function stateOf(kind: AlertKind, firing: ReadonlySet<string>): 'firing' | 'quiet' {
  return firing.has(kind) ? 'firing' : 'quiet';
}

/** The average of the last 50 star ratings is below 3.5; it ends at 3.6. */
function averageRating({ ratings }: RecentReactions, name: string, firing: ReadonlySet<string>): Verdict {
  const kind = 'average_rating';
  const seen = { value: mean(ratings), n: ratings.length };
  const { change, value, threshold, n } = decideAlert(averageRatingRule, stateOf(kind, firing), seen);
  const message = `${name}: the last ${n} ratings average ${value.toFixed(2)}, below ${threshold}.`;
  return { kind, change, value, threshold, n, message };
}

/** The last 30 reactions are negative clearly more often than the up to 200 before them. */
function negativeSpike({ negative }: RecentReactions, name: string, firing: ReadonlySet<string>): Verdict {
  const kind = 'negative_spike';
  const recent = countOf(negative.slice(0, RECENT));
  const before = countOf(negative.slice(RECENT));
  const decision = decideNegativeSpike(negativeSpikeRule, stateOf(kind, firing), recent, before);
  const [share, usual] = [percent(recent), percent(before)];
  const message = `${name}: ${share} of the last ${recent.n} reactions are negative, ${usual} of the ${before.n} before.`;
  return { kind, message, ...decision };
}

function countOf(negative: readonly boolean[]): { successes: number; n: number } {
  return { successes: negative.filter(Boolean).length, n: negative.length };
}

function percent({ successes, n }: { successes: number; n: number }): string {
  return `${Math.round((100 * successes) / n)} %`;
}
