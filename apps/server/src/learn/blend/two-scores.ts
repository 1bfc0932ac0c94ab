import { type Asked, mean, questionKey } from '@attune/core';
import type { BothScored, RewardScorer, TwoLogits } from '@attune/reward';
import { comparisonsWithin, ratedAnswers } from '../rated-answers.ts';
import type { BlendRow } from './blend-task.ts';

/** Answers to one query that are scored at once: the token vectors of thousands would fill the memory. */
const SCORED_AT_ONCE = 32;

/** What two models say of answers, in log-odds. */
export class TwoScores {
  readonly #byQuestion = new Map<string, Map<string, [number, number]>>();

  /** Has a model score every answer of the rows once. */
  async take(model: 0 | 1, scorer: RewardScorer, rows: readonly BlendRow[]): Promise<void> {
    for (const own of byQuestion(rows)) {
      const [asked] = own;
      if (asked === undefined) continue;
      const responses = [...new Set(own.flatMap(answersIn))];
      for (let at = 0; at < responses.length; at += SCORED_AT_ONCE) {
        const some = responses.slice(at, at + SCORED_AT_ONCE);
        const scores = await scorer.score(asked, some);
        scores.forEach(({ logit }, index) => {
          this.#logitsOf(asked, some[index] ?? '')[model] = logit;
        });
      }
    }
  }

  logitsOf(asked: Asked, response: string): TwoLogits {
    return this.#logitsOf(asked, response);
  }

  #logitsOf(asked: Asked, response: string): [number, number] {
    const question = textOf(asked);
    const own = this.#byQuestion.get(question) ?? new Map<string, [number, number]>();
    this.#byQuestion.set(question, own);
    const logits = own.get(response) ?? [Number.NaN, Number.NaN];
    own.set(response, logits);
    return logits;
  }
}

/** Distinct answers with the mean of their ratings, and pairs: the given ones and those that follow from ratings. */
export function bothScored(rows: readonly BlendRow[], scores: TwoScores, seed: number): BothScored {
  const groups = byQuestion(rows).flatMap((own) => (own[0] === undefined ? [] : [[own[0], own] as const]));
  const answers = groups.flatMap(([asked, own]) => {
    const ratings = Map.groupBy(own.filter(isRating), ({ response }) => response);
    return [...new Set(own.flatMap(answersIn))].map((response) => {
      const stars = ratings.get(response)?.map(({ rating }) => rating);
      const logits = scores.logitsOf(asked, response);
      return { group: questionKey(asked), logits, ...(stars && { rating: mean(stars) }) };
    });
  });
  const pairs = groups.flatMap(([asked, own]) => {
    const group = questionKey(asked);
    const rated = ratedAnswers(own.filter(isRating).map((row) => ({ ...row, key: group, reward: 0 })));
    const formed = comparisonsWithin(rated, seed).map(({ chosen, rejected }) => ({
      chosen: chosen.response,
      rejected: rejected.response,
    }));
    return [...own.filter((row) => row.type === 'pair'), ...formed].map(({ chosen, rejected }) => ({
      group,
      better: scores.logitsOf(asked, chosen),
      worse: scores.logitsOf(asked, rejected),
    }));
  });
  return { answers, pairs };
}

function byQuestion(rows: readonly BlendRow[]): BlendRow[][] {
  return [...Map.groupBy(rows, textOf).values()];
}

/** A question with what was said before it, word for word. */
function textOf({ query, context = '' }: Asked): string {
  return JSON.stringify([query, context]);
}

function answersIn(row: BlendRow): string[] {
  return row.type === 'rating' ? [row.response] : [row.chosen, row.rejected];
}

function isRating(row: BlendRow): row is Extract<BlendRow, { type: 'rating' }> {
  return row.type === 'rating';
}
