/** Corpora of development in which people judged answers, as samples that a reward model learns from; none is shipped. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { z } from 'zod';
import { passageText } from '../../demo/passage-text.ts';
import type { PreferenceSample, RatedSample, TrainingSamples } from '../../packages/reward/src/index.ts';

const CORPORA = process.env.ATTUNE_CORPORA ?? join(import.meta.dirname, '../../../shared/data');

export const corpora = {
  feedbackqa: async () => ({ ratings: await feedbackQa() }),
  'human-feedback-paper': async () => ({ ratings: await humanFeedbackPaper() }),
  'hh-rlhf': async () => ({ pairs: await hhRlhf() }),
} satisfies Record<string, () => Promise<TrainingSamples>>;

const STARS = { Bad: 1, 'Could be Improved': 2, Acceptable: 4, Excellent: 5 };
const FEEDBACKQA = [
  'Australia_feedback_valid',
  'CDC_feedback_valid',
  'UK_feedback_valid',
  'WHO_feedback_train',
  'WHO_feedback_valid',
];

interface FeedbackQaRow {
  question: string;
  rating: (keyof typeof STARS)[];
  passage: { reference: { page_title: string; section_headers: string[]; section_content_html: string } };
}

/** All five development files: 643 questions with three answers each, two ratings an answer. */
async function feedbackQa(): Promise<RatedSample[]> {
  const texts = await Promise.all(
    FEEDBACKQA.map((file) => readFile(join(CORPORA, 'feedbackqa', `${file}.json`), 'utf8')),
  );
  return texts.flatMap((text) => {
    const rows: FeedbackQaRow[] = JSON.parse(text);
    return rows.flatMap(({ question: query, rating, passage: { reference } }) => {
      const { page_title, section_headers, section_content_html } = reference;
      const response = passageText(page_title, section_headers, section_content_html);
      return rating.map((level) => ({ query, response, rating: STARS[level] }));
    });
  });
}

const PaperRow = z.object({ prompt: z.string(), model: z.string(), response: z.string(), stars: z.number() });

/** The score of one file and the overall rating of the other, without the planted wrong answers. */
async function humanFeedbackPaper(): Promise<RatedSample[]> {
  const read = async (batch: string, column: string) => {
    const file = await asyncBufferFromFile(join(CORPORA, `human-feedback-paper/${batch}.parquet`));
    const rows = await parquetReadObjects({ file });
    return rows
      .map((row) => PaperRow.parse({ ...row, stars: row[column] }))
      .filter(({ model }) => model !== 'distractor')
      .map(({ prompt, response, stars }) => ({ query: prompt, response, rating: stars }));
  };
  const found = await Promise.all([
    read('batch_v1__unbiased_full', 'score'),
    read('batch_v1__granular_full', 'overall'),
  ]);
  return found.flat();
}

const ASSISTANT = '\n\nAssistant:';
const HUMAN = '\n\nHuman:';

/** What the person said last, with the two answers to it; turns before it are left out. */
async function hhRlhf(): Promise<PreferenceSample[]> {
  const bytes = await readFile(join(CORPORA, 'hh-rlhf/harmless-base_test.jsonl.gz'));
  const lines = gunzipSync(bytes).toString('utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const { chosen, rejected }: { chosen: string; rejected: string } = JSON.parse(line);
    const before = chosen.slice(0, chosen.lastIndexOf(ASSISTANT));
    const query = before.slice(before.lastIndexOf(HUMAN) + HUMAN.length).trim();
    const answers = [chosen, rejected].map((dialogue) =>
      dialogue.slice(dialogue.lastIndexOf(ASSISTANT) + ASSISTANT.length).trim(),
    );
    const [better, worse] = answers;
    // Some dialogues differ before their last turn, and some have an empty answer.
    const isPair = rejected.startsWith(before) && better && worse && better !== worse;
    return isPair ? [{ query, chosen: better, rejected: worse }] : [];
  });
}
