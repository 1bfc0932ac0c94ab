/**
 * FeedbackQA's answers with the logits that Attune's linear reward model (MiniLM) gives to questions that it never saw,
 * trained on all and on shares of the other folds' questions:
 * `node trainer/experiments/feedbackqa-linear.ts FOLDS > answers.jsonl`, for feedbackqa_reward.py beside this file.
 *
 * The files lie in $ATTUNE_CORPORA/feedbackqa (all five development files, 643 questions); they are not shipped.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { passageText } from '../../demo/passage-text.ts';
import { rememberingEmbedder } from '../../packages/reward/src/embed/remembering-embedder.ts';
import { crossValidate, loadEmbedder, type RatedSample, trainAttune } from '../../packages/reward/src/index.ts';

const CORPORA = process.env.ATTUNE_CORPORA ?? join(import.meta.dirname, '../../../shared/data');
const MODELS = join(import.meta.dirname, '../../models');
const FILES = [
  'Australia_feedback_valid',
  'CDC_feedback_valid',
  'UK_feedback_valid',
  'WHO_feedback_train',
  'WHO_feedback_valid',
];
const STARS = { Bad: 1, 'Could be Improved': 2, Acceptable: 4, Excellent: 5 };

interface Row {
  question: string;
  rating: (keyof typeof STARS)[];
  passage: {
    reference: { page_title: string; section_headers: string[]; section_content_html: string };
  };
}

/** Shares of the training questions for the learning curve. */
const SHARES = [0.1, 0.25, 0.5];

const samples = (await Promise.all(FILES.map(readRatings))).flat();
const folds = Number(process.argv[2] ?? 3);
const minilm = rememberingEmbedder(await loadEmbedder('minilm', MODELS));
const options = { recipe: 'attune', folds, seed: 1 } as const;
const whole = (await crossValidate({ ratings: samples }, minilm, options)).scores;
const foldOf = new Map(whole.map(({ query, fold }) => [query, fold]));
const rankOf = new Map([...foldOf.keys()].map((query) => [query, rank(query)]));
const byShare = new Map<number, Map<string, number>>();
for (const share of SHARES) byShare.set(share, await logitsAt(share));
for (const { query, response, fold, logit } of whole) {
  const ratings = samples.filter((sample) => sample.query === query && sample.response === response);
  const rating = ratings.reduce((sum, sample) => sum + sample.rating, 0) / ratings.length;
  const linear = Object.fromEntries(
    SHARES.map((share) => [share, byShare.get(share)?.get(key(query, response))]),
  );
  const row = { query, response, fold, rank: rankOf.get(query), rating, linear: { ...linear, 1: logit } };
  process.stdout.write(`${JSON.stringify(row)}\n`);
}
process.exit();

/** Scores of every answer by a model trained on those questions of the other folds that rank lowest. */
async function logitsAt(share: number): Promise<Map<string, number>> {
  const logits = new Map<string, number>();
  for (let fold = 0; fold < folds; fold++) {
    const ratings = samples.filter(
      ({ query }) => foldOf.get(query) !== fold && (rankOf.get(query) ?? 1) < share,
    );
    const model = await trainAttune({ ratings }, minilm, { seed: 1 });
    for (const { query, response } of whole.filter((answer) => answer.fold === fold)) {
      const [score] = await model.score(query, [response]);
      if (score) logits.set(key(query, response), score.logit);
    }
  }
  return logits;
}

function key(query: string, response: string): string {
  return JSON.stringify([query, response]);
}

/** A number from 0 to 1 that a question draws by its text. */
function rank(query: string): number {
  return createHash('sha256').update(query).digest().readUInt32BE() / 2 ** 32;
}

async function readRatings(file: string): Promise<RatedSample[]> {
  const rows: Row[] = JSON.parse(await readFile(join(CORPORA, 'feedbackqa', `${file}.json`), 'utf8'));
  return rows.flatMap(({ question, rating, passage: { reference } }) => {
    const text = passageText(reference.page_title, reference.section_headers, reference.section_content_html);
    return rating.map((level) => ({ query: question, response: text, rating: STARS[level] }));
  });
}
