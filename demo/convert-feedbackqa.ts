/**
 * Makes `feedbackqa.jsonl` from the original FeedbackQA files:
 *
 *   node demo/convert-feedbackqa.ts DIRECTORY > demo/feedbackqa.jsonl
 *
 * DIRECTORY holds `UK_feedback_valid.json`, `CDC_feedback_valid.json` and `Australia_feedback_valid.json`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { passageText } from './passage-text.ts';

/** One answer as the original files hold it: a question, one passage, what two people said about it. */
interface OriginalRow {
  question: string;
  passage: {
    passage_id: number;
    uri: string;
    reference: { page_title: string; section_headers: string[]; section_content_html: string };
  };
  feedback: string[];
  rating: string[];
}

const REGIONS = ['UK', 'CDC', 'Australia'];

/** Four levels on five stars, symmetric about the middle; README.md says why this mapping. */
const STARS = new Map([
  ['Bad', 1],
  ['Could be Improved', 2],
  ['Acceptable', 4],
  ['Excellent', 5],
]);

function stars(level: string): number {
  const value = STARS.get(level);
  if (value === undefined) throw new Error(`Unknown rating level: ${level}`);
  return value;
}

function answer({ passage, feedback, rating }: OriginalRow) {
  const { page_title: title, section_headers: headers, section_content_html: html } = passage.reference;
  return {
    passage_id: passage.passage_id,
    uri: passage.uri,
    title,
    headers,
    text: passageText(title, headers, html),
    ratings: rating.map(stars),
    comments: feedback,
  };
}

function convertRegion(directory: string, region: string): string[] {
  const rows: OriginalRow[] = JSON.parse(
    readFileSync(join(directory, `${region}_feedback_valid.json`), 'utf8'),
  );
  const byQuestion = Map.groupBy(rows, (row) => row.question);
  return [...byQuestion].map(([question, group]) =>
    JSON.stringify({ question, region, answers: group.map(answer) }),
  );
}

const directory = process.argv[2];
if (directory === undefined) {
  console.error('Usage: node demo/convert-feedbackqa.ts DIRECTORY > demo/feedbackqa.jsonl');
  process.exit(2);
}
for (const line of REGIONS.flatMap((region) => convertRegion(directory, region))) console.log(line);
