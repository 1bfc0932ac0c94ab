import { meanRating, readCorpus } from '../apps/server/src/cli/demo/corpus.ts';

export interface RatedText {
  query: string;
  response: string;
  rating: number;
}

/** The demo corpus as rated answers, 1,281 of them. */
export async function ratedTexts(): Promise<RatedText[]> {
  const questions = await readCorpus();
  return questions.flatMap(({ question, answers }) =>
    answers.map((answer) => ({ query: question, response: answer.text, rating: meanRating(answer) })),
  );
}
