import { AttuneError, type FeedbackQuery } from '@attune/contracts';
import { questionKey, unitAlphas } from '@attune/core';
import type { Curate } from '../curate.ts';
import type { TrainableFeedback } from '../trainable.ts';
import { feedbackMatch } from './feedback-match.ts';

/** The newest feedback that a query asks for, and whether there was more than `most`. */
export interface Matching {
  readonly feedback: TrainableFeedback[];
  readonly truncated: boolean;
}

/** Reads up to `most` of what matches, newest first; agreement is judged among what was read. */
export async function matchingFeedback(
  { trainable, clock }: Pick<Curate, 'trainable' | 'clock'>,
  organization: string,
  query: FeedbackQuery,
  most: number,
): Promise<Matching> {
  const match = feedbackMatch(query, clock.now());
  const feedback: TrainableFeedback[] = [];
  for await (const page of trainable.matching(organization, match, most + 1)) feedback.push(...page);
  const taken = feedback.slice(0, most);
  const truncated = feedback.length > most;
  const { min_alpha } = query;
  return { feedback: min_alpha === undefined ? taken : agreedUpon(taken, min_alpha), truncated };
}

/**
 * As `matchingFeedback`, for when all of it is needed.
 * @throws AttuneError `too_much_feedback`
 */
export async function allMatchingFeedback(
  curate: Pick<Curate, 'trainable' | 'clock'>,
  organization: string,
  query: FeedbackQuery,
  most: number,
): Promise<TrainableFeedback[]> {
  const { feedback, truncated } = await matchingFeedback(curate, organization, query, most);
  if (!truncated) return feedback;
  throw new AttuneError('too_much_feedback', {
    param: 'query',
    message: `More than ${most} feedbacks match; narrow the query.`,
  });
}

/** Feedback on answers whose raters agree at least that far; answers with one rater are left out. */
export function agreedUpon(feedback: readonly TrainableFeedback[], minAlpha: number): TrainableFeedback[] {
  const answers = [...Map.groupBy(feedback, answerOf).values()];
  const shares = unitAlphas(
    answers.map((rows) => rows.map(({ rating }) => rating).filter((rating) => rating !== null)),
  );
  const agreed = new Set(answers.filter((_, index) => (shares[index] ?? -Infinity) >= minAlpha).flat());
  return feedback.filter((row) => agreed.has(row));
}

function answerOf(feedback: TrainableFeedback): string {
  return JSON.stringify([questionKey(feedback), feedback.response]);
}
