import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Line = z.object({
  question: z.string(),
  region: z.string(),
  answers: z
    .array(z.object({ text: z.string(), ratings: z.array(z.number()), comments: z.array(z.string()) }))
    .min(2),
});

/** A question with its candidate answers, each rated and commented on by two people. */
export type DemoQuestion = z.infer<typeof Line>;

/** The shipped corpus: FeedbackQA's UK, CDC and Australia questions (see demo/NOTICE). */
export async function readCorpus(): Promise<DemoQuestion[]> {
  const file = join(import.meta.dirname, '../../../../../demo/feedbackqa.jsonl');
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => Line.parse(JSON.parse(line)));
}

/** Mean of an answer's ratings, 1 to 5. */
export function meanRating(answer: DemoQuestion['answers'][number]): number {
  return answer.ratings.reduce((sum, rating) => sum + rating, 0) / answer.ratings.length;
}
