/** Corpora that several people rated, as units of ratings: the shipped one, and others where a developer has them. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { z } from 'zod';
import { readCorpus } from '../apps/server/src/cli/demo/corpus.ts';

/** A corpus of things that several people rated. */
export interface RatedCorpus {
  readonly name: string;
  /** The ratings of each thing. */
  readonly units: readonly (readonly number[])[];
  /** For each thing, what it depends on: answers to one question do on each other. */
  readonly clusters: readonly string[];
  /** Whether the ratings stand on a scale. */
  readonly scaled: boolean;
}

/** Corpora of development beside the project, or in $ATTUNE_CORPORA; they are not shipped. */
export const corporaFolder = process.env.ATTUNE_CORPORA ?? join(import.meta.dirname, '../../shared/data');

/** FeedbackQA as it is shipped: two ratings of each answer, 1 to 5. */
export async function shippedCorpus(): Promise<RatedCorpus> {
  const questions = await readCorpus();
  const rated = questions.flatMap(({ question, answers }) =>
    answers.map(({ ratings }) => ({ ratings, question })),
  );
  return {
    name: 'FeedbackQA, as shipped (two ratings of an answer, 1 to 5)',
    units: rated.map(({ ratings }) => ratings),
    clusters: rated.map(({ question }) => question),
    scaled: true,
  };
}

const levels = ['Bad', 'Could be Improved', 'Acceptable', 'Excellent'] as const;
const FeedbackQa = z.array(z.object({ question: z.string(), rating: z.array(z.enum(levels)) }));
const feedbackQaFiles = [
  'Australia_feedback_valid',
  'CDC_feedback_valid',
  'UK_feedback_valid',
  'WHO_feedback_train',
  'WHO_feedback_valid',
];

/** FeedbackQA whole, in its four levels. */
async function feedbackQa(): Promise<RatedCorpus> {
  const texts = await Promise.all(
    feedbackQaFiles.map((file) => readFile(join(corporaFolder, 'feedbackqa', `${file}.json`), 'utf8')),
  );
  const rows = texts.flatMap((text) => FeedbackQa.parse(JSON.parse(text)));
  return {
    name: 'FeedbackQA, whole (two ratings of an answer, four levels)',
    units: rows.map(({ rating }) => rating.map((level) => levels.indexOf(level))),
    clusters: rows.map(({ question }) => question),
    scaled: true,
  };
}

/** Tweets: how many people found each hateful, offensive or neither. */
async function tweets(): Promise<RatedCorpus> {
  const text = await readFile(join(corporaFolder, 'tdavidson/labeled_data.csv'), 'utf8');
  const rows = [...text.matchAll(/^\d+,\d+,(\d+),(\d+),(\d+),[012],/gm)];
  const votes = rows.map(([, ...counts]) =>
    counts.flatMap((count, label) => Array.from({ length: Number(count) }, () => label)),
  );
  return {
    name: 'Tweets of Davidson et al. (hate, offence or neither)',
    units: votes,
    clusters: votes.map((_, at) => String(at)),
    scaled: false,
  };
}

/** Words: how positive ten people found each, −4 to 4. */
async function words(): Promise<RatedCorpus> {
  const text = await readFile(join(corporaFolder, 'vader/vader_lexicon.txt'), 'utf8');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const units = lines.map((line) => z.array(z.number()).parse(JSON.parse(line.split('\t')[3] ?? '')));
  return {
    name: 'VADER (ten ratings of a word, −4 to 4)',
    units,
    clusters: units.map((_, at) => String(at)),
    scaled: true,
  };
}

/** Ratings of one batch of the paper; `distractor` is a planted wrong answer and would flatter the agreement. */
async function paperRatings(batch: string, column: string, name: string): Promise<RatedCorpus> {
  const file = await asyncBufferFromFile(join(corporaFolder, `human-feedback-paper/${batch}.parquet`));
  const rows = (await parquetReadObjects({ file }))
    .map((row) => PaperRow.parse({ ...row, rating: row[column] }))
    .filter(({ model }) => model !== 'distractor');
  const items = [
    ...Map.groupBy(rows, ({ prompt, model, response }) => `${prompt}\0${model}\0${response}`).values(),
  ];
  return {
    name,
    units: items.map((ratings) => ratings.map(({ rating }) => rating)),
    clusters: items.map(([first]) => first?.prompt ?? ''),
    scaled: true,
  };
}

const PaperRow = z.object({
  prompt: z.string(),
  model: z.string(),
  response: z.string(),
  rating: z.number(),
});

/** The corpora of development, or why there are none. */
export async function otherCorpora(): Promise<RatedCorpus[] | { readonly missing: string }> {
  if (!existsSync(corporaFolder)) {
    return { missing: 'the corpora of development are not here (set ATTUNE_CORPORA to their folder)' };
  }
  return Promise.all([
    feedbackQa(),
    tweets(),
    words(),
    paperRatings('batch_v1__unbiased_full', 'score', 'Hosking et al., score (an answer, 1 to 5)'),
    paperRatings('batch_v1__granular_full', 'overall', 'Hosking et al., overall (an answer, 1 to 5)'),
  ]);
}
