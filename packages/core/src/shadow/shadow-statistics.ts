import { shareDifference } from '../experiments/share-difference.ts';
import { type Estimate, meanInterval, wilson } from '../interval.ts';
import { mean } from '../moments.ts';
import { spearmanInterval } from '../spearman-interval.ts';
import { type LabelledAnswer, shadowOutcome, wasLiked } from './shadow-outcome.ts';

/** Answers (or labelled ones) below which nothing should be made of a figure. */
export const FEWEST_SHADOWED = 30;
/** Bars of a distribution of rewards, from 0 to 1. */
const BARS = 10;

/** A delivered answer that a shadow model scored. */
export interface ShadowedAnswer extends LabelledAnswer {
  /** Candidates with different texts. */
  readonly choices: number;
  /** What the two give to the delivered candidate, 0–1; null where no model was in traffic. */
  readonly shadow: number;
  readonly live: number | null;
}

/** How a shadow model compares with what was delivered. Intervals are 95 %; n counts answers. */
export interface ShadowStatistics {
  /** Share of answers with a choice on which it would have delivered the same. */
  readonly agreement: Estimate;
  /** What drawing a candidate blindly would agree on, on the same answers; NaN without any. */
  readonly byChance: number;
  /** Of answers where people tell the two apart, the share on which the shadow is right. */
  readonly wouldHaveWon: Estimate;
  readonly wins: number;
  readonly losses: number;
  /** Answers with feedback on which both models do the same. */
  readonly ties: number;
  /** Share of disliked answers that it would have replaced, the same of liked ones, and the difference. */
  readonly replacedDisliked: Estimate;
  readonly replacedLiked: Estimate;
  readonly replacedDifference: Estimate;
  /** Spearman's, between the two models' rewards of what was delivered. */
  readonly correlation: Estimate;
  /** The shadow's reward less the other's, on the same answers. */
  readonly difference: Estimate;
  /** Rewards of delivered answers, in ten bars from 0 to 1. */
  readonly histograms: { readonly live: number[]; readonly shadow: number[] };
}

/** What a shadow's answers show. */
export function shadowStatistics(answers: readonly ShadowedAnswer[]): ShadowStatistics {
  const chosen = answers.filter(({ choices }) => choices > 1);
  const outcomes = answers.map(shadowOutcome);
  const count = (outcome: -1 | 0 | 1) => outcomes.filter((one) => one === outcome).length;
  const [wins, ties, losses] = [count(1), count(0), count(-1)];
  const replaced = (liked: boolean) => {
    const those = chosen.filter(({ labels }) => wasLiked(labels) === liked);
    return { successes: those.filter(({ agrees }) => !agrees).length, n: those.length };
  };
  const [disliked, liked] = [replaced(false), replaced(true)];
  const both = answers.flatMap(({ live, shadow }) => (live === null ? [] : [{ live, shadow }]));
  return {
    agreement: wilson(chosen.filter(({ agrees }) => agrees).length, chosen.length),
    byChance: mean(chosen.map(({ choices }) => 1 / choices)),
    wouldHaveWon: wilson(wins, wins + losses),
    wins,
    losses,
    ties,
    replacedDisliked: wilson(disliked.successes, disliked.n),
    replacedLiked: wilson(liked.successes, liked.n),
    replacedDifference: shareDifference(disliked, liked),
    correlation: spearmanInterval(
      both.map(({ shadow }) => shadow),
      both.map(({ live }) => live),
    ),
    difference: meanInterval(both.map(({ shadow, live }) => shadow - live)),
    histograms: {
      live: histogram(both.map(({ live }) => live)),
      shadow: histogram(answers.map(({ shadow }) => shadow)),
    },
  };
}

function histogram(rewards: readonly number[]): number[] {
  const bars = new Array<number>(BARS).fill(0);
  for (const reward of rewards) {
    const bar = Math.min(BARS - 1, Math.max(0, Math.floor(reward * BARS)));
    bars[bar] = bars[bar]! + 1;
  }
  return bars;
}
