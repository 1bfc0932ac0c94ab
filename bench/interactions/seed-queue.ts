import { setTimeout as sleep } from 'node:timers/promises';
import type { AttuneClient } from '@attune/sdk';
import type { DemoQuestion } from '../../apps/server/src/cli/demo/corpus.ts';

const AT_ONCE = 8;
const RECORDED_AT_ONCE = 100;

/**
 * Fills the review queue through the API: the corpus' questions over and over, each asked and rated by somebody else.
 * Resolves when the server has made of them what search and ranking need.
 */
export async function seedQueue(
  client: AttuneClient,
  questions: readonly DemoQuestion[],
  count: number,
): Promise<void> {
  await recordAnswers(client, questions);
  let next = 0;
  const giveAll = async () => {
    while (next < count) {
      const number = next;
      next += 1;
      const question = questions[number % questions.length];
      if (question !== undefined) await askAndRate(client, question, number);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, giveAll));
  await untilIndexed(client);
}

async function recordAnswers(client: AttuneClient, questions: readonly DemoQuestion[]): Promise<void> {
  const items = questions.map(({ question, answers }) => ({
    query: question,
    answers: answers.map(({ text }) => ({ text })),
  }));
  for (let start = 0; start < items.length; start += RECORDED_AT_ONCE) {
    await client.addRecordedAnswers({ body: { items: items.slice(start, start + RECORDED_AT_ONCE) } });
  }
}

async function askAndRate(client: AttuneClient, { question, answers }: DemoQuestion, number: number) {
  const user = `person-${number}`;
  const { attune } = await client.chatCompletions({
    body: { model: 'recorded', messages: [{ role: 'user', content: question }], user },
  });
  const rated = answers.find(({ text }) => text === attune.response);
  const comment = rated?.comments.find((one) => one !== '');
  await client.giveFeedback({
    body: {
      response_id: attune.response_id,
      user_id: user,
      rating: 1 + (number % 5),
      ...(comment !== undefined && { comment }),
    },
  });
}

async function untilIndexed(client: AttuneClient): Promise<void> {
  for (;;) {
    const { semantic_index: index } = await client.reviewQueue({ query: { semantic: 'help', limit: 1 } });
    if (index !== null && index.indexed >= index.total) return;
    await sleep(500);
  }
}
