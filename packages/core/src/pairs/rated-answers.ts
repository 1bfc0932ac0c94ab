import { questionKey } from '../conversation/question-key.ts';
import { mean } from '../moments.ts';
import type { TrainingFeedback } from '../training-feedback.ts';
import { answerKey } from './answer-key.ts';

/** One answer to a query with the scores people gave it, 1 to 5. */
export interface RatedAnswer {
  text: string;
  scores: number[];
  feedbackIds: string[];
}

/** The distinct rated answers to one query after the same turns, in order of appearance. */
export interface QueryAnswers {
  query: string;
  context: string;
  answers: RatedAnswer[];
}

/**
 * Feedback by query and answer. Queries are the same by {@link questionKey}, answers by {@link answerKey}; the first
 * spelling stands for all.
 * @param scoreOf gives a person's score of an answer, or null when they gave none; those are left out
 */
export function ratedAnswers<T extends TrainingFeedback>(
  feedback: readonly T[],
  scoreOf: (row: T) => number | null,
): QueryAnswers[] {
  const queries = new Map<string, Omit<QueryAnswers, 'answers'> & { answers: Map<string, RatedAnswer> }>();
  for (const row of feedback) {
    const score = scoreOf(row);
    if (score === null) continue;
    const { query, context } = row;
    const entry = getOrAdd(queries, questionKey(row), () => ({ query, context, answers: new Map() }));
    const empty = (): RatedAnswer => ({ text: row.response, scores: [], feedbackIds: [] });
    const answer = getOrAdd(entry.answers, answerKey(row.response), empty);
    answer.scores.push(score);
    answer.feedbackIds.push(row.id);
  }
  return [...queries.values()].map((entry) => ({ ...entry, answers: [...entry.answers.values()] }));
}

function getOrAdd<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const value = make();
  map.set(key, value);
  return value;
}

/** Mean score of an answer. */
export function meanScore(answer: RatedAnswer): number {
  return mean(answer.scores);
}
