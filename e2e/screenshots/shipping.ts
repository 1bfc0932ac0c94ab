import { setTimeout as sleep } from 'node:timers/promises';
import type { AttuneClient } from '@attune/sdk';
import type { DemoQuestion } from '../../apps/server/src/cli/demo/corpus.ts';
import { trained } from '../harness/reward-model.ts';

/** Questions of the demo corpus, each part used for one thing only. */
const PARTS = { first: [0, 40], second: [40, 240], reversed: [240, 320], evaluation: [320, 427] } as const;
const AT_ONCE = 10;
const MOST_VISITORS = 6000;

/** Ratings of part of the corpus as a data set. Where `scale` is reversed, 1 was taken for the best. */
async function dataset(
  client: AttuneClient,
  questions: readonly DemoQuestion[],
  part: keyof typeof PARTS,
  scale: 'as given' | 'reversed' = 'as given',
): Promise<string> {
  const rows = questions.slice(...PARTS[part]).flatMap(({ question, answers }) =>
    answers.flatMap(({ text, ratings }) =>
      ratings.map((rating, person) => ({
        user_prompt: question,
        ai_response: text,
        rating: scale === 'reversed' ? 6 - rating : rating,
        user_id: `rater-${person}`,
      })),
    ),
  );
  const numbered = rows.map((data, index) => ({ line: index + 1, data }));
  for (let start = 0; start < numbered.length; start += 500)
    await client.importRatings({ body: { rows: numbered.slice(start, start + 500) } });
  return (await client.prepareDataset({ body: { name: `${part} ratings`, person_cap: 1 } })).id;
}

/** The next version of the reward model, and what it learnt from. */
async function version(client: AttuneClient, from: string): Promise<string> {
  const { id } = await client.createJob({ body: { dataset: from, model_name: 'health' } });
  return trained(client, id);
}

/** Three versions: one that takes all traffic, a better one, and one from a file whose scale is upside down. */
export interface Versions {
  readonly first: string;
  readonly second: string;
  readonly reversed: string;
}

/** Stores the corpus' answers, trains the versions and deploys the first. The gates measure on questions of none. */
export async function prepareVersions(
  client: AttuneClient,
  questions: readonly DemoQuestion[],
): Promise<Versions> {
  const items = questions.map(({ question, answers }) => ({
    query: question,
    answers: answers.map(({ text }) => ({ text })),
  }));
  for (let start = 0; start < items.length; start += 100)
    await client.addRecordedAnswers({ body: { items: items.slice(start, start + 100) } });
  const evaluation_dataset = await dataset(client, questions, 'evaluation');
  await client.updateGateSettings({ body: { evaluation_dataset } });
  const first = await version(client, await dataset(client, questions, 'first'));
  await client.deployModel({ params: { id: first }, body: { full: true } });
  const second = await version(client, await dataset(client, questions, 'second'));
  const reversed = await version(client, await dataset(client, questions, 'reversed', 'reversed'));
  return { first, second, reversed };
}

/** Measures the gates of a version and waits for the result. */
export async function measureGates(client: AttuneClient, model: string): Promise<void> {
  const { id } = await client.getModel({ params: { id: model } });
  await client.evaluateGates({ params: { id } });
  for (;;) {
    const { measurement } = await client.getModelGates({ params: { id } });
    if (measurement?.status === 'completed') return;
    if (measurement?.status === 'failed') throw new Error(measurement.error ?? 'the gates were not measured');
    await sleep(500);
  }
}

/** New visitors ask and rate what they get as the corpus' people rated it, until the newest ramp is where it should be. */
export async function visitUntil(
  client: AttuneClient,
  questions: readonly DemoQuestion[],
  from: number,
  reached: (ramp: { state: string; share: number; people: number }) => boolean,
): Promise<number> {
  for (let visitor = from; visitor < from + MOST_VISITORS; visitor += AT_ONCE) {
    const visits = Array.from({ length: AT_ONCE }, (_, offset) => visit(client, questions, visitor + offset));
    await Promise.all(visits);
    const [ramp] = (await client.listRamps({ query: { limit: 1 } })).items;
    if (ramp === undefined) throw new Error('there is no ramp');
    const people = ramp.evidence?.users.treatment ?? 0;
    if (reached({ state: ramp.state, share: ramp.share, people })) return visitor + AT_ONCE;
    if (ramp.state !== 'ramping') throw new Error(`The ramp is ${ramp.state}: ${ramp.reason}`);
  }
  throw new Error(`The ramp did not get there with ${MOST_VISITORS} visitors.`);
}

async function visit(client: AttuneClient, questions: readonly DemoQuestion[], number: number) {
  const asked = questions[number % questions.length];
  if (asked === undefined) throw new Error('the corpus is empty');
  const user = `visitor-${number}`;
  const messages = [{ role: 'user' as const, content: asked.question }];
  const { attune } = await client.chatCompletions({ body: { model: 'recorded', user, messages } });
  const ratings = asked.answers.find(({ text }) => text === attune.response)?.ratings;
  const rating = ratings?.[number % 2];
  if (rating === undefined) throw new Error(`Nobody rated what was delivered: ${asked.question}`);
  await client.giveFeedback({ body: { response_id: attune.response_id, user_id: user, rating } });
}
