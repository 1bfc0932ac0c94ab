import { type AttuneClient, createClient } from '@attune/sdk';
import type { DemoQuestion } from '../../apps/server/src/cli/demo/corpus.ts';
import { trained } from '../harness/reward-model.ts';
import { goBackTo } from './moved-clock.ts';

/** How long ago it begins. */
export const DAYS = 29;
/** The time of day at which people ask, seen from now: what comes later today comes after it. */
const HOURS_AGO = 5;
/** On this day a reward model takes all traffic. */
const DEPLOYED_DAYS_AGO = 9;
/** Questions that are asked before; the model learns from them, and none of them is asked again. */
const TAUGHT = 300;
const ROWS_A_CALL = 500;

/**
 * Four weeks in which every question of the corpus is asked once. Readers rate what was delivered as the corpus' people
 * rated it. First nothing chooses among the candidates; then a model does that was trained on what was said until then.
 */
export async function weeksOfUse(
  client: AttuneClient,
  url: string,
  questions: readonly DemoQuestion[],
): Promise<void> {
  await client.addRecordedAnswers({
    body: { items: questions.map(({ question, answers }) => ({ query: question, answers })) },
  });
  const asked = spread(questions.slice(0, TAUGHT), DAYS - DEPLOYED_DAYS_AGO - 2);
  for (const [day, ofDay] of asked.entries()) await dayOfUse(client, url, ofDay, DAYS - 2 - day);
  goBackTo(DEPLOYED_DAYS_AGO + 1);
  await importRatings(client, questions.slice(0, TAUGHT));
  await trainAndDeploy(client);
  const later = spread(questions.slice(TAUGHT), DEPLOYED_DAYS_AGO + 1);
  for (const [day, ofDay] of later.entries()) await dayOfUse(client, url, ofDay, DEPLOYED_DAYS_AGO - day);
}

/** Uneven days, as days are. */
function spread<Item>(items: readonly Item[], days: number): Item[][] {
  const weights = Array.from({ length: days }, (_, day) => 3 + ((day * 5) % 7));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  let before = 0;
  return weights.map((weight) => {
    const start = Math.round((before / sum) * items.length);
    before += weight;
    return items.slice(start, Math.round((before / sum) * items.length));
  });
}

async function dayOfUse(
  client: AttuneClient,
  url: string,
  questions: readonly DemoQuestion[],
  daysAgo: number,
): Promise<void> {
  goBackTo(daysAgo + HOURS_AGO / 24);
  for (const [number, question] of questions.entries()) {
    const { attune } = await client.chatCompletions({
      body: {
        model: 'recorded',
        messages: [{ role: 'user', content: question.question }],
        user: `reader-${(daysAgo * 7 + number) % 60}`,
      },
    });
    // One reader in three says nothing.
    if (number % 3 === 2) continue;
    const answer = question.answers.find(({ text }) => text === attune.response);
    const rating = answer?.ratings[0];
    if (rating === undefined) throw new Error(`Nobody rated what was delivered: ${question.question}`);
    const comment = number % 3 === 0 ? (answer?.comments[0] ?? '') : '';
    const reader = createClient({ url, apiKey: attune.feedback_token });
    await reader.giveFeedback({ body: { response_id: attune.response_id, rating, comment } });
  }
}

/** What the corpus' people said of all candidates, delivered or not, as a file of earlier ratings. */
async function importRatings(client: AttuneClient, questions: readonly DemoQuestion[]): Promise<void> {
  const rows = questions.flatMap(({ question, answers }) =>
    answers.flatMap(({ text, ratings, comments }, answer) =>
      ratings.map((rating, person) => ({
        user_prompt: question,
        ai_response: text,
        rating,
        feedback_comment: comments[person] ?? '',
        user_id: `rater-${answer}-${person}`,
      })),
    ),
  );
  const numbered = rows.map((data, index) => ({ line: index + 1, data }));
  for (let start = 0; start < numbered.length; start += ROWS_A_CALL)
    await client.importRatings({ body: { rows: numbered.slice(start, start + ROWS_A_CALL) } });
}

/** Trains the plain recipe, to compare with, and Attune's, which gets all traffic. */
async function trainAndDeploy(client: AttuneClient): Promise<void> {
  const { id } = await client.prepareDataset({ body: { name: 'health answers', person_cap: 1 } });
  const ids = [];
  for (const recipe of ['plain', 'attune'] as const) {
    const model_name = recipe === 'plain' ? 'health-plain' : 'health';
    const job = await client.createJob({ body: { dataset: id, model_name, hyperparameters: { recipe } } });
    ids.push(await trained(client, job.id));
  }
  await client.deployModel({ params: { id: ids[1] ?? '' }, body: { full: true } });
}
