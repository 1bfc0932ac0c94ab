import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SnapshotRating } from '@attune/contracts';

const corpus = new URL('../../../../../demo/feedbackqa.jsonl', import.meta.url);
const weights = new URL('../../../../../models/minilm-static-256/model.safetensors', import.meta.url);

/** Folder of the shipped weights. */
export const modelsFolder = fileURLToPath(new URL('../../../../../models', import.meta.url));

/** Why tests that train must be skipped, or false. */
export const trainingMissing =
  existsSync(corpus) && existsSync(weights) ? false : 'the demo corpus or the static weights are not there';

interface DemoQuestion {
  question: string;
  answers: { text: string; ratings: number[] }[];
}

/** Ratings of the first questions of the shipped corpus, six a question; every fifth question is held out. */
export function demoSnapshot(questions: number): SnapshotRating[] {
  const lines = readFileSync(corpus, 'utf8').split('\n').slice(0, questions);
  return lines.flatMap((line, index) => {
    const { question: query, answers }: DemoQuestion = JSON.parse(line);
    const split = index % 5 === 4 ? ('validation' as const) : ('train' as const);
    return answers.flatMap(({ text: response, ratings }) =>
      ratings.map((rating) => ({
        type: 'rating' as const,
        split,
        query,
        response,
        rating,
        feedback_id: '01940000-0000-7000-8000-000000000001',
      })),
    );
  });
}
