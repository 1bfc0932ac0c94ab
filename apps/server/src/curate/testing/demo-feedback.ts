import { existsSync, readFileSync } from 'node:fs';

const corpus = new URL('../../../../../demo/feedbackqa.jsonl', import.meta.url);

/** Why tests on the demo corpus must be skipped, or false. */
export const corpusMissing = existsSync(corpus) ? false : 'demo/feedbackqa.jsonl is not there';

/** One person's rating of one answer. */
export interface DemoRating {
  readonly query: string;
  readonly response: string;
  readonly rating: number;
  readonly comment: string;
}

interface DemoQuestion {
  question: string;
  answers: { text: string; ratings: number[]; comments: string[] }[];
}

/** Ratings of the shipped corpus, six per question, in its order. */
export function demoRatings(questions: number): DemoRating[] {
  const lines = readFileSync(corpus, 'utf8').split('\n').slice(0, questions);
  return lines
    .filter((line) => line !== '')
    .flatMap((line) => {
      const { question, answers }: DemoQuestion = JSON.parse(line);
      return answers.flatMap(({ text, ratings, comments }) =>
        ratings.map((rating, rater) => ({
          query: question,
          response: text,
          rating,
          comment: comments[rater] ?? '',
        })),
      );
    });
}
