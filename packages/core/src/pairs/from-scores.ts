import type { TrainingFeedback } from '../training-feedback.ts';
import type { LeftOut, PairingMethod, PairingResult, PreferencePair } from './preference-pair.ts';
import { meanScore, type RatedAnswer, ratedAnswers } from './rated-answers.ts';
import { preferenceStrength } from './strength.ts';

const MOST_ANSWERS = 50;

/** How a method scores and pairs answers. */
export interface ScoreMethod {
  method: PairingMethod;
  /** A person's score of an answer, 1 to 5, or null when they gave none. */
  scoreOf: (row: TrainingFeedback) => number | null;
  /** Whether two answers, better first, may pair; default: any. */
  fits?: (better: RatedAnswer, worse: RatedAnswer) => boolean;
}

/**
 * Pairs the answers to each query by their scores: the one with the higher mean is preferred. Of more than 50 answers
 * to one query the 50 with most ratings are paired.
 */
export function pairsFromScores(
  feedback: readonly TrainingFeedback[],
  { method, scoreOf, fits = () => true }: ScoreMethod,
): PairingResult {
  const pairs: PreferencePair[] = [];
  const left_out: LeftOut[] = [];
  const leave = (reason: LeftOut['reason'], query: string, feedback_ids: string[]) =>
    left_out.push({ reason, method, query, feedback_ids });
  for (const row of feedback) if (scoreOf(row) === null) leave('unrated', row.query, [row.id]);
  for (const { query, context, answers } of ratedAnswers(feedback, scoreOf)) {
    if (answers.length === 1) leave('only_answer_to_query', query, answers[0]!.feedbackIds);
    const [kept, surplus] = mostRated(answers);
    for (const answer of surplus) leave('too_many_answers', query, answer.feedbackIds);
    for (const [better, worse] of couples(kept)) {
      const feedback_ids = [...better.feedbackIds, ...worse.feedbackIds];
      const strength = preferenceStrength(better.scores, worse.scores);
      if (meanScore(better) === meanScore(worse)) leave('equal_ratings', query, feedback_ids);
      else if (!fits(better, worse)) leave('neither_good_nor_bad', query, feedback_ids);
      else if (strength <= 0) leave('raters_disagree', query, feedback_ids);
      else {
        const texts = { query, ...(context && { context }), chosen: better.text, rejected: worse.text };
        pairs.push({ ...texts, strength, method, feedback_ids });
      }
    }
  }
  return { pairs, left_out };
}

function mostRated(answers: readonly RatedAnswer[]): [RatedAnswer[], RatedAnswer[]] {
  if (answers.length <= MOST_ANSWERS) return [[...answers], []];
  const byRatings = answers.toSorted((a, b) => b.scores.length - a.scores.length);
  return [byRatings.slice(0, MOST_ANSWERS), byRatings.slice(MOST_ANSWERS)];
}

/** Every two answers, the one with the higher mean first. */
function couples(answers: readonly RatedAnswer[]): [RatedAnswer, RatedAnswer][] {
  return answers.flatMap((a, at) =>
    answers
      .slice(at + 1)
      .map((b): [RatedAnswer, RatedAnswer] => (meanScore(a) >= meanScore(b) ? [a, b] : [b, a])),
  );
}
