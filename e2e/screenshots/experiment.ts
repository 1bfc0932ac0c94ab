import { setTimeout as sleep } from 'node:timers/promises';
import type { AttuneClient } from '@attune/sdk';
import type { DemoQuestion } from '../../apps/server/src/cli/demo/corpus.ts';
import { goBackTo } from './moved-clock.ts';

const DAYS = 8;
const USERS_A_DAY = 30;

/**
 * Runs an experiment for some days: the plain recipe's model against the live one. New readers ask every day and rate
 * what they get as the corpus' people rated it. Resolves to its id while it runs.
 */
export async function experiment(client: AttuneClient, questions: readonly DemoQuestion[]): Promise<string> {
  const { items } = await client.listModels({ query: { kind: 'reward', limit: 50 } });
  const modelOf = (wanted: string) => items.find(({ name }) => name === wanted)?.model_id ?? '';
  goBackTo(DAYS);
  const { id } = await client.startExperiment({
    body: {
      name: 'Plain features or all of them',
      control_model_id: modelOf('health'),
      treatment_model_id: modelOf('health-plain'),
      days: 28,
      expected_reactions: 500,
    },
  });
  for (let day = DAYS; day >= 0; day--) {
    goBackTo(day);
    // Servers notice an experiment within seconds, and look at it every five.
    await looked(client, id);
    if (day > 0) await dayOfReaders(client, questions, (DAYS - day) * USERS_A_DAY);
  }
  return id;
}

async function dayOfReaders(client: AttuneClient, questions: readonly DemoQuestion[], first: number) {
  for (let reader = first; reader < first + USERS_A_DAY; reader++) {
    const asked = questions[reader % questions.length];
    if (asked === undefined) throw new Error('the corpus is empty');
    const user = `visitor-${reader}`;
    const messages = [{ role: 'user' as const, content: asked.question }];
    const { attune } = await client.chatCompletions({ body: { model: 'recorded', user, messages } });
    const rating = asked.answers.find(({ text }) => text === attune.response)?.ratings[0];
    if (rating === undefined) throw new Error(`Nobody rated what was delivered: ${asked.question}`);
    await client.giveFeedback({ body: { response_id: attune.response_id, user_id: user, rating } });
  }
}

/** Waits until the results are of now. */
async function looked(client: AttuneClient, id: string): Promise<void> {
  const since = new Date().toISOString();
  while (((await client.getExperiment({ params: { id } })).results?.at ?? '') < since) await sleep(500);
}
