import { setTimeout as sleep } from 'node:timers/promises';
import { readCorpus } from '../../apps/server/src/cli/demo/corpus.ts';
import { openWebScene, type WebScene } from '../harness/web-scene.ts';
import { type Curated, curate } from './curation.ts';
import { experiment } from './experiment.ts';
import { FIRST_VOTE_DAYS_AGO, type Judging, judge } from './judges.ts';
import { goBackTo } from './moved-clock.ts';
import { inviteTeam, type Person, type Team } from './people.ts';
import { python, type Training, train } from './training.ts';
import { DAYS, weeksOfUse } from './weeks-of-use.ts';

/** What Anna asked and rated. */
export const QUESTION = 'What are the best ways to protect myself against COVID-19?';

/** A server that has been used for four weeks by a team, and what stands on it to be looked at. */
export interface Scene extends Team {
  readonly web: WebScene;
  /** Anna's conversation with feedback, and one that waits for a comparison. */
  readonly chat: string;
  readonly compared: string;
  readonly curated: Curated;
  readonly judging: Judging;
  /** The data set that the live reward model learnt from. */
  readonly dataset: string;
  /** Null where the trainer is not installed. */
  readonly training: Training | null;
  /** An experiment that runs for eight days. */
  readonly experiment: string;
  /** The report of the last 30 days. */
  readonly report: string;
}

/** Starts a server whose clock stands at the beginning of the four weeks. */
export function openPast(chromium: string): Promise<WebScene> {
  goBackTo(DAYS);
  return openWebScene(chromium, {
    ATTUNE_FEEDBACK_PER_MINUTE: '100000',
    ATTUNE_THRESHOLD: '0.5',
    ATTUNE_TRAINER_PYTHON: python,
  });
}

/** Lives through the four weeks and does what the team does. Takes a minute or two. */
export async function furnish(web: WebScene): Promise<Scene> {
  const { client, server } = web;
  const corpus = await readCorpus();
  await weeksOfUse(client, server.url, corpus);
  goBackTo(FIRST_VOTE_DAYS_AGO);
  const team = await inviteTeam(web);
  const judging = await judge(team, corpus);
  goBackTo(0);
  const curated = await curate(team.mai);
  await converse(team.anna);
  await offerComparison(web, team.anna);
  await createKeys(web);
  const dataset = (await client.getDataset({ params: { id: 'health answers' } })).id;
  const training = await train(client, dataset);
  const ran = await experiment(client, corpus);
  const report = (await client.createReport({ body: { kind: 'month' } })).id;
  const made = { dataset, training, experiment: ran, report };
  return { ...team, web, chat: 'masks', compared: 'cleaning', curated, judging, ...made };
}

/** Conversations of Anna's; the last one with her feedback. */
async function converse({ client }: Person): Promise<void> {
  const others = [
    ['water', 'Has COVID-19 been detected in drinking water?'],
    ['respirator', 'What does a respirator do?'],
    ['garlic', 'Can garlic protect you from COVID-19?'],
    ['visa', 'Can I stay if I have a permanent visa?'],
  ] as const;
  for (const [session, question] of others) await ask(client, session, question);
  const { attune } = await ask(client, 'masks', QUESTION);
  await client.giveFeedback({
    body: { response_id: attune.response_id, rating: 4, comment: 'Says what to do.' },
  });
}

/** Asks for a comparison; servers notice the setting within seconds. */
async function offerComparison({ client }: WebScene, anna: Person): Promise<void> {
  const question = 'Is there a difference between cleaning and disinfecting?';
  await client.updateOrganization({ body: { compare_share: 1 } });
  while ((await ask(client, 'first try', question)).attune.compare === null) await sleep(1000);
  await ask(anna.client, 'cleaning', question);
  await client.updateOrganization({ body: { compare_share: 0.1 } });
}

function ask(client: Person['client'], session_id: string, content: string) {
  return client.chatCompletions({
    body: { model: 'recorded', messages: [{ role: 'user', content }], attune: { session_id } },
  });
}

async function createKeys({ client }: WebScene): Promise<void> {
  await client.createKey({ body: { name: 'support site', role: 'rater', scopes: ['serve', 'collect'] } });
  await client.createKey({ body: { name: 'nightly export', role: 'curator', scopes: ['curate'] } });
  await client.createKey({ body: { name: 'training notebook', role: 'trainer' } });
}
