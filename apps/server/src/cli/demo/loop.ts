import type { EmbedderName, Feedback } from '@attune/contracts';
import { type AttuneClient, createClient } from '@attune/sdk';
import { DEMO_MARK, DEMO_METHOD, demoDatasets } from '../../platform/demo/demo-marks.ts';
import { train } from '../train.ts';
import type { DemoQuestion } from './corpus.ts';
import { firstLook } from './first-look.ts';
import { type Delivered, folds, type HeldOut, heldOut } from './held-out.ts';
import { inParallel } from './in-parallel.ts';
import type { Stage } from './stages.ts';

const WIDTH = 8;
const ROWS_A_CALL = 500;
/** The demo does not wait an hour a step: each step is taken by hand once questions have been answered in it. */
const RAMP = [0.1, 0.5, 1].map((share) => ({ share, hold_seconds: 86_400, minimum_samples: 0 }));

export interface LoopResult {
  heldout: HeldOut;
  corpus: { questions: number; answers: number; ratings: number };
  final_model: string;
}

/** One complete turn of the loop over HTTP: serve, collect, curate, learn, ship, and serve again. */
export async function runLoop(
  client: AttuneClient,
  url: string,
  questions: readonly DemoQuestion[],
  stage: Stage,
  embedder: EmbedderName,
): Promise<LoopResult> {
  await collectRatings(client, url, questions, stage);
  const delivered = await stage('heldout', 'Five folds', async (progress) => {
    const result = await everyFold(client, questions, embedder, (done, note) =>
      progress.update(done, 10, note),
    );
    return {
      result,
      summary: `10 models trained, ${result.length} questions answered by one that never saw them`,
    };
  });
  const final_model = await shipAndShow(client, url, questions, stage, embedder);
  const answers = questions.flatMap((question) => question.answers);
  const ratings = answers.reduce((sum, answer) => sum + answer.ratings.length, 0);
  return {
    heldout: heldOut(delivered),
    corpus: { questions: questions.length, answers: answers.length, ratings },
    final_model,
  };
}

/** The first half of the loop: candidates are stored, questions asked and answers rated. */
export async function collectRatings(
  client: AttuneClient,
  url: string,
  questions: readonly DemoQuestion[],
  stage: Stage,
): Promise<void> {
  await stage('candidates', 'Store candidates', async () => storeCandidates(client, questions));
  await stage('ask', 'Ask and rate', async (progress) => {
    const done = new Set((await everyFeedback(client)).map(({ session_id }) => session_id));
    const rated = await inParallel(questions, WIDTH, async (question, index) => {
      progress.update(index, questions.length, 'questions');
      return askAndRate({ client, url, done }, question, index);
    });
    const count = rated.reduce((sum, n) => sum + n, 0);
    return { result: null, summary: `${questions.length} answers delivered, ${count} ratings given` };
  });
  await stage('import', 'Import ratings', async () => importOtherRatings(client, questions));
}

/** The second half: a model of all ratings goes live, and there is something to look at. Returns the model. */
export async function shipAndShow(
  client: AttuneClient,
  url: string,
  questions: readonly DemoQuestion[],
  stage: Stage,
  embedder: EmbedderName,
): Promise<string> {
  const final_model = await stage('ship', 'Train on all and ship', async (progress) => {
    const result = await shipFinal(client, questions, embedder, (done, note) =>
      progress.update(done, 5, note),
    );
    return { result, summary: `${result} at 10 → 50 → 100 %` };
  });
  await stage('desk', 'Chats and pairs', async () => {
    const ids = (await everyFeedback(client)).map(({ id }) => id);
    return firstLook(client, url, questions, ids);
  });
  return final_model;
}

async function storeCandidates(client: AttuneClient, questions: readonly DemoQuestion[]) {
  const items = questions.map(({ question, answers }) => ({
    query: question,
    answers: answers.map(({ text }) => ({ text, generation_method: DEMO_METHOD })),
  }));
  let added = 0;
  for (let start = 0; start < items.length; start += 100) {
    const body = { items: items.slice(start, start + 100) };
    added += (await client.addRecordedAnswers({ body })).added;
  }
  return { result: added, summary: `${questions.length} questions, ${added} candidate answers` };
}

async function ask(client: AttuneClient, question: DemoQuestion, extra: { session: string; model?: string }) {
  const answer = await client.chatCompletions({
    body: {
      model: 'recorded',
      messages: [{ role: 'user', content: question.question }],
      attune: {
        threshold: 0,
        session_id: `${DEMO_MARK}${extra.session}`,
        ...(extra.model === undefined ? {} : { reward_model: extra.model }),
      },
    },
  });
  const text = answer.choices[0]?.message.content ?? '';
  const index = question.answers.findIndex((candidate) => candidate.text === text);
  if (index < 0)
    throw new Error(`An answer was delivered that is none of the candidates of: ${question.question}`);
  return { index, attune: answer.attune };
}

interface Visit {
  client: AttuneClient;
  url: string;
  /** Sessions that rated before this start, when an earlier run was interrupted. */
  done: ReadonlySet<string | null>;
}

/** The two people who rated the delivered passage rate it again here, each through a feedback token. */
async function askAndRate({ client, url, done }: Visit, question: DemoQuestion, number: number) {
  let given = 0;
  for (const person of [0, 1]) {
    const session = `${number}-${person}`;
    if (done.has(`${DEMO_MARK}${session}`)) continue;
    const { index, attune } = await ask(client, question, { session });
    const rating = question.answers[index]?.ratings[person];
    if (rating === undefined) continue;
    const comment = question.answers[index]?.comments[person] ?? '';
    const browser = createClient({ url, apiKey: attune.feedback_token });
    await browser.giveFeedback({ body: { response_id: attune.response_id, rating, comment } });
    given += 1;
  }
  return given;
}

/** Ratings of the passages that were not delivered come as a file would: a history of rated answers. */
async function importOtherRatings(client: AttuneClient, questions: readonly DemoQuestion[]) {
  const rows = questions.flatMap(({ question, answers }) =>
    answers.flatMap(({ text, ratings, comments }, answer) =>
      ratings.map((rating, person) => ({
        user_prompt: question,
        ai_response: text,
        rating,
        feedback_comment: comments[person] ?? '',
        user_id: `${DEMO_MARK}rater-${answer}-${person}`,
      })),
    ),
  );
  const known = await everyFeedback(client);
  const seen = new Set(known.map((f) => `${f.query}\n${f.response}`));
  const others = rows.filter((row) => !seen.has(`${row.user_prompt}\n${row.ai_response}`));
  let imported = 0;
  for (let start = 0; start < others.length; start += ROWS_A_CALL) {
    const batch = others
      .slice(start, start + ROWS_A_CALL)
      .map((data, index) => ({ line: start + index + 1, data }));
    imported += (await client.importRatings({ body: { rows: batch } })).imported;
  }
  return { result: imported, summary: `${imported} ratings of the other candidates` };
}

async function everyFeedback(client: AttuneClient): Promise<Feedback[]> {
  const all: Feedback[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = cursor === undefined ? { limit: 200 } : { limit: 200, cursor };
    const page = await client.listFeedback({ query });
    all.push(...page.items);
    if (page.next_cursor === null) return all;
    cursor = page.next_cursor;
  }
}

/** Trains the plain recipe and Attune's on four folds and lets each choose on the fifth; five times. */
async function everyFold(
  client: AttuneClient,
  questions: readonly DemoQuestion[],
  embedder: EmbedderName,
  report: (done: number, note: string) => void,
): Promise<Delivered[]> {
  const feedback = await everyFeedback(client);
  const delivered: Delivered[] = [];
  for (const [fold, held] of folds(questions).entries()) {
    const heldQueries = new Set(held.map(({ question }) => question));
    const feedback_ids = feedback.filter(({ query }) => !heldQueries.has(query)).map(({ id }) => id);
    // The fifth fold stays outside the data set, so hardly anything need be held out within it.
    const draft = await client.createDataset({
      body: {
        name: demoDatasets.fold(fold + 1),
        description: 'Four of five folds of the demo corpus',
        feedback_ids,
      },
    });
    const dataset = await client.updateDataset({
      params: { id: draft.id },
      body: { status: 'ready', validation_share: 0.02 },
    });
    const plain = await trainFold(client, dataset.id, fold, 'plain', embedder);
    report(fold * 2 + 1, `fold ${fold + 1}: plain`);
    const attune = await trainFold(client, dataset.id, fold, 'attune', embedder);
    report(fold * 2 + 2, `fold ${fold + 1}: attune`);
    delivered.push(
      ...(await inParallel(held, WIDTH, async (question) => ({
        question,
        plain: (await ask(client, question, { session: `fold-${fold + 1}-plain`, model: plain })).index,
        attune: (await ask(client, question, { session: `fold-${fold + 1}`, model: attune })).index,
      }))),
    );
  }
  return delivered;
}

async function trainFold(
  client: AttuneClient,
  dataset: string,
  fold: number,
  recipe: 'plain' | 'attune',
  embedder: EmbedderName,
) {
  const silent = { update: () => undefined, finish: () => undefined };
  const request = {
    dataset,
    name: `demo-${recipe}-fold-${fold + 1}`,
    recipe,
    embedder,
    seed: 1,
  };
  return (await train(client, request, silent)).model.model_id;
}

/** The model for real use: prepared from everything, shipped in steps, questions answered at each step. */
async function shipFinal(
  client: AttuneClient,
  questions: readonly DemoQuestion[],
  embedder: EmbedderName,
  report: (done: number, note: string) => void,
): Promise<string> {
  const dataset = await client.prepareDataset({
    body: { name: demoDatasets.all, include_used: true, person_cap: 1 },
  });
  report(1, 'data set frozen');
  const silent = { update: () => undefined, finish: () => undefined };
  const request = {
    dataset: dataset.id,
    name: 'demo',
    recipe: 'attune' as const,
    embedder,
    seed: 1,
  };
  const { model } = await train(client, request, silent);
  report(2, 'trained');
  await client.deployModel({ params: { id: model.model_id }, body: { steps: RAMP } });
  for (const [step, { share }] of RAMP.entries()) {
    if (step > 0) await client.advanceRamp({ params: { id: model.model_id } });
    await inParallel(questions.slice(step * 20, step * 20 + 20), WIDTH, (question, index) =>
      ask(client, question, { session: `visitor-${step}-${index}` }),
    );
    report(3 + step, `${share * 100} %`);
  }
  return model.model_id;
}
