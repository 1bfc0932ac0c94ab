import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Experiment } from '@attune/contracts';
import type { AttuneClient } from '@attune/sdk';
import { readCorpus } from '../apps/server/src/cli/demo/corpus.ts';
import { databases } from './harness/databases.ts';
import { deployRewardModel, prepareCorpus, trained } from './harness/reward-model.ts';
import { type ServerProcess, startProcess } from './harness/server-process.ts';
import { tempFolder } from './harness/temp-folder.ts';

const USERS = 40;
const QUESTIONS = 30;

/** What one user asked and said about it, as the test saw it. */
interface Seen {
  readonly user: string;
  readonly arm: string;
  readonly positive: boolean;
  readonly stars: number;
}

for (const database of databases) {
  test(`an experiment through the gateway on ${database.name}: arms, feedback and sums are what users did`, async (t) => {
    const prepared = await database.prepare();
    if ('missing' in prepared) return t.skip(prepared.missing);
    const folder = await tempFolder();
    const settings = {
      ...prepared.settings,
      ATTUNE_FEEDBACK_PER_MINUTE: '100000',
      ATTUNE_COMPARE_SHARE: '0',
    };
    let server = await startProcess(folder, settings);
    t.after(() => server.stop());
    const { client } = server;
    const control = await deployRewardModel(client, 'old', 60);
    const job = await client.createJob({
      body: { dataset: await prepareCorpus(client, 'more', 90), model_name: 'new' },
    });
    const treatment = await trained(client, job.id);
    await recordAnswers(server);
    const { id } = await client.startExperiment({
      body: { name: 'New or old', control_model_id: control, treatment_model_id: treatment },
    });

    const seen: Seen[] = [];
    for (let user = 0; user < USERS; user++) seen.push(...(await visit(server, `user ${user}`, control)));
    // Neither somebody without a name nor an answer without a rival can show a difference.
    await ask(client, undefined, 0);
    const alone = await ask(client, 'user 0', QUESTIONS);
    await client.giveFeedback({ body: { response_id: alone.response_id, user_id: 'user 0', rating: 1 } });

    const experiment = await lookedAt(server, id, seen.length);
    const { users, metrics, sample_ratio_p_value } = experiment.results ?? assert.fail('no results');
    const of = (arm: string) => seen.filter((row) => row.arm === arm);
    const people = (arm: string) => new Set(of(arm).map(({ user }) => user)).size;
    assert.deepEqual(users, { control: people(control), treatment: people(treatment) });
    assert.ok(sample_ratio_p_value > 0.001);
    const [satisfaction, rating] = metrics;
    for (const [name, arm] of [
      ['control', control],
      ['treatment', treatment],
    ] as const) {
      const rows = of(arm);
      const liked = rows.filter(({ positive }) => positive).length;
      assert.deepEqual(satisfaction?.[name], {
        value: liked / rows.length,
        n: rows.length,
        users: people(arm),
      });
      const stars = rows.reduce((sum, row) => sum + row.stars, 0) / rows.length;
      assert.ok(Math.abs((rating?.[name].value ?? 0) - stars) < 1e-9);
    }

    // Feedback that a curator rejects is no evidence; the state survives a crash.
    const { items } = await client.listFeedback({ query: { user_id: 'user 39', limit: 1 } });
    await client.updateFeedback({ params: { id: items[0]?.id ?? '' }, body: { status: 'rejected' } });
    await lookedAt(server, id, seen.length - 1);
    await server.kill();
    server = await startProcess(folder, settings);
    const again = await visit(server, 'user 0', control);
    assert.equal(again[0]?.arm, seen.find(({ user }) => user === 'user 0')?.arm);
  });
}

async function ask(client: AttuneClient, user: string | undefined, index: number) {
  const content = (await readCorpus())[index]?.question ?? assert.fail('the corpus is short');
  const messages = [{ role: 'user' as const, content }];
  const { attune } = await client.chatCompletions({ body: { model: 'recorded', user, messages } });
  return attune;
}

/** Each question has its own first answer and the next question's; the last one has a single answer. */
async function recordAnswers({ client }: ServerProcess): Promise<void> {
  const corpus = (await readCorpus()).slice(0, QUESTIONS + 1);
  const first = corpus.map(({ answers }) => ({ text: answers[0]?.text ?? '' }));
  const items = corpus.map(({ question }, index) => ({
    query: question,
    answers: index === QUESTIONS ? first.slice(index) : first.slice(index, index + 2),
  }));
  await client.addRecordedAnswers({ body: { items } });
}

/** A user asks one to three questions and rates each answer; who gets the new model is a little happier. */
async function visit({ client }: ServerProcess, user: string, control: string): Promise<Seen[]> {
  const number = Number(user.split(' ')[1]);
  const rows: Seen[] = [];
  for (let turn = 0; turn <= number % 3; turn++) {
    const attune = await ask(client, user, (number + turn * 7) % QUESTIONS);
    const arm = attune.reward_model ?? assert.fail('no model chose');
    const stars = 1 + ((number * 3 + turn * 5 + (arm === control ? 0 : 1)) % 5);
    await client.giveFeedback({
      body: { response_id: attune.response_id, user_id: user, rating: stars },
    });
    rows.push({ user, arm, positive: stars >= 4, stars });
  }
  return rows;
}

/** Waits until the experiment's results rest on so many reactions. */
async function lookedAt({ client }: ServerProcess, id: string, reactions: number): Promise<Experiment> {
  const until = Date.now() + 60_000;
  for (;;) {
    const experiment = await client.getExperiment({ params: { id } });
    const [satisfaction] = experiment.results?.metrics ?? [];
    if (satisfaction?.difference.n === reactions) return experiment;
    if (Date.now() > until) assert.fail(`${satisfaction?.difference.n} of ${reactions} reactions`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
