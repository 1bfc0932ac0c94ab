import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import { readCorpus } from '../../apps/server/src/cli/demo/corpus.ts';

/** Trains a reward model on the first questions of the demo corpus and gives it all traffic. Resolves to its id. */
export async function deployRewardModel(
  client: AttuneClient,
  name: string,
  questionCount: number,
): Promise<string> {
  const dataset = await prepareCorpus(client, `${name}-data`, questionCount);
  const job = await client.createJob({ body: { dataset, model_name: name } });
  const model = await trained(client, job.id);
  await client.deployModel({ params: { id: model }, body: { full: true } });
  return model;
}

/** Freezes the ratings of the first questions of the demo corpus into a data set. Resolves to its id. */
export async function prepareCorpus(
  client: AttuneClient,
  name: string,
  questionCount: number,
): Promise<string> {
  const questions = (await readCorpus()).slice(0, questionCount);
  const rows = questions.flatMap(({ question, answers }) =>
    answers.flatMap(({ text, ratings }) =>
      ratings.map((rating, person) => ({
        user_prompt: question,
        ai_response: text,
        rating,
        user_id: `rater-${person}`,
      })),
    ),
  );
  const numbered = rows.map((data, index) => ({ line: index + 1, data }));
  for (let start = 0; start < numbered.length; start += 500) {
    await client.importRatings({ body: { rows: numbered.slice(start, start + 500) } });
  }
  return (await client.prepareDataset({ body: { name, person_cap: 1 } })).id;
}

/**
 * Waits until a job is over. Resolves to the id of its model.
 * @throws Error with what became of the job where it made none
 */
export async function trained(client: AttuneClient, id: string): Promise<string> {
  for (;;) {
    const job = await client.getJob({ params: { id } });
    if (job.resulting_model_id !== null) return job.resulting_model_id;
    if (['completed', 'failed', 'cancelled', 'lost'].includes(job.status))
      throw new Error(`${job.status} without a model: ${job.error_message ?? reportOf(job)}`);
    await sleep(50);
  }
}

/** What a run that completed without a model says of itself: as a rule that it is no better than its base. */
function reportOf({ training_metrics }: Job): string {
  const { note, better_than_base } = training_metrics ?? {};
  return JSON.stringify({ better_than_base, note });
}
