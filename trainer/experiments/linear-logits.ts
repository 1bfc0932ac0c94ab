/**
 * A corpus' answers with the logits that Attune's linear reward model (MiniLM) gives to questions that it never saw:
 * `node trainer/experiments/linear-logits.ts feedbackqa|human-feedback-paper|hh-rlhf FOLDS [SHARE ...] > answers.jsonl`,
 * for the Python files beside this one. Lines are answers and, where people compared, pairs.
 *
 * `linear` has the logits of models that were trained on the other folds' questions, all of them and shares; `nested`
 * has, by fold, those of models that saw neither the answer's question nor any of that fold: what a learner that is
 * tested on the fold may learn from.
 *
 * The files lie in $ATTUNE_CORPORA; they are not shipped.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { rememberingEmbedder } from '../../packages/reward/src/embed/remembering-embedder.ts';
import {
  crossValidate,
  loadEmbedder,
  type TrainingSamples,
  trainAttune,
} from '../../packages/reward/src/index.ts';
import { corpora } from './judged-corpora.ts';

const MODELS = join(import.meta.dirname, '../../models');
/** Folds within the training questions. */
const INNER_FOLDS = 3;

const [name = '', count = '3', ...shares] = process.argv.slice(2);
const read = Object.entries(corpora).find(([corpus]) => corpus === name)?.[1];
if (read === undefined) throw new Error(`Name a corpus: ${Object.keys(corpora).join(', ')}.`);
const samples: TrainingSamples = await read();
const folds = Number(count);
const minilm = rememberingEmbedder(await loadEmbedder('minilm', MODELS));
const whole = await crossValidated(samples, folds, 1);
const foldOf = new Map(whole.map(({ query, fold }) => [query, fold]));
const rankOf = new Map([...foldOf.keys()].map((query) => [query, rank(query)]));
const byShare = new Map<number, Map<string, number>>();
for (const share of shares.map(Number)) byShare.set(share, await logitsAt(share));
const nested = await Promise.all(Array.from({ length: folds }, (_, fold) => logitsWithin(fold)));
const ratingsOf = Map.groupBy(samples.ratings ?? [], ({ query, response }) => key(query, response));
for (const { query, response, fold, logit } of whole) {
  const at = key(query, response);
  const ratings = ratingsOf.get(at);
  const sum = ratings?.reduce((total, { rating }) => total + rating, 0);
  const atShares = [...byShare].map(([share, logits]) => [share, logits.get(at)] as const);
  say({
    query,
    response,
    fold,
    rank: rankOf.get(query),
    rating: ratings === undefined || sum === undefined ? null : sum / ratings.length,
    linear: { ...Object.fromEntries(atShares), 1: logit },
    nested: Object.fromEntries(
      nested.map((logits, outer) => [outer, logits.get(at)]).filter((_, outer) => outer !== fold),
    ),
  });
}
for (const pair of samples.pairs ?? []) say(pair);
process.exit();

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function crossValidated(part: TrainingSamples, count: number, seed: number) {
  return (await crossValidate(part, minilm, { recipe: 'attune', folds: count, seed })).scores;
}

/** Logits of all answers outside of a fold, each by a model of the other questions outside of it. */
async function logitsWithin(fold: number): Promise<Map<string, number>> {
  const scores = await crossValidated(
    part((query) => foldOf.get(query) !== fold),
    INNER_FOLDS,
    2,
  );
  return new Map(scores.map(({ query, response, logit }) => [key(query, response), logit]));
}

/** Scores of every answer by a model trained on those questions of the other folds that rank lowest. */
async function logitsAt(share: number): Promise<Map<string, number>> {
  const logits = new Map<string, number>();
  for (let fold = 0; fold < folds; fold++) {
    const known = part((query) => foldOf.get(query) !== fold && (rankOf.get(query) ?? 1) < share);
    const model = await trainAttune(known, minilm, { seed: 1 });
    for (const { query, response } of whole.filter((answer) => answer.fold === fold)) {
      const [score] = await model.score(query, [response]);
      if (score) logits.set(key(query, response), score.logit);
    }
  }
  return logits;
}

/** The samples of some questions. */
function part(isWanted: (query: string) => boolean): TrainingSamples {
  const { ratings, pairs } = samples;
  return {
    ...(ratings && { ratings: ratings.filter(({ query }) => isWanted(query)) }),
    ...(pairs && { pairs: pairs.filter(({ query }) => isWanted(query)) }),
  };
}

function key(query: string, response: string): string {
  return JSON.stringify([query, response]);
}

/** A number from 0 to 1 that a question draws by its text. */
function rank(query: string): number {
  return createHash('sha256').update(query).digest().readUInt32BE() / 2 ** 32;
}
