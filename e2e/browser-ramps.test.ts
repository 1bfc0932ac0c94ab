import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { Ramp } from '@attune/contracts';
import type { BrowserContext, Page } from 'playwright-core';
import { readCorpus } from '../apps/server/src/cli/demo/corpus.ts';
import { seriousFindings } from './harness/accessibility.ts';
import { findChromium } from './harness/chromium.ts';
import { attune } from './harness/command.ts';
import { deployRewardModel, prepareCorpus, trained } from './harness/reward-model.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

const QUESTIONS = 20;
/** Enough for 50 with each model at even shares. */
const USERS = 160;

describe('ramps', { skip }, () => {
  let scene: WebScene;
  let old: string;
  let young: string;
  before(async () => {
    scene = await openWebScene(chromium ?? '', { ATTUNE_FEEDBACK_PER_MINUTE: '100000' });
    old = await deployRewardModel(scene.client, 'old', 40);
    const dataset = await prepareCorpus(scene.client, 'more', 60);
    const job = await scene.client.createJob({ body: { dataset, model_name: 'new' } });
    young = await trained(scene.client, job.id);
    const corpus = (await readCorpus()).slice(0, QUESTIONS);
    const items = corpus.map(({ question, answers }) => ({
      query: question,
      answers: answers.slice(0, 2).map(({ text }) => ({ text })),
    }));
    await scene.client.addRecordedAnswers({ body: { items } });
  });
  after(async () => {
    await scene?.close();
    assert.deepEqual(scene?.crashes, []);
  });

  const open = async (t: TestContext, path: string, context: BrowserContext = scene.admin): Promise<Page> => {
    const page = await visit(scene, context, path);
    t.after(() => page.close());
    return page;
  };
  const newest = async (): Promise<Ramp> => {
    const [ramp] = (await scene.client.listRamps({ query: {} })).items;
    return ramp ?? assert.fail('no ramp');
  };
  const row = (page: Page, words: string) =>
    page.getByRole('region', { name: 'Guards' }).first().getByRole('row').filter({ hasText: words });

  test('a deployment is planned in a form: steps, guards and a sentence for each', async (t) => {
    const page = await open(t, '/models');
    await page.getByRole('link', { name: `Deploy ${young}` }).click();
    await page.getByRole('heading', { name: `Deploy ${young}` }).waitFor();
    await page.getByText('Rating: at most 0.3 stars lower').waitFor();
    await page.getByLabel('Margin of Rating').fill('0.2');
    await page.getByText('Rating: at most 0.2 stars lower').waitFor();
    await page.getByLabel('Watch Thumbs up').check();
    await page.getByText('Thumbs up: at most 10 pp lower').waitFor();
    await page.getByLabel('Watch Latency').uncheck();
    await page.getByLabel('People needed for Errors').fill('50');
    await page.getByLabel('Share of step 1, %').fill('60');
    await page.getByLabel('Answers in step 1').fill('5000');
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await seriousFindings(page), [], colorScheme);
    }
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText(/each share must be above the one before/).waitFor();
    await page.getByLabel('Share of step 1, %').fill('50');
    await page.getByRole('button', { name: 'Remove step 2' }).click();
    await page.getByRole('button', { name: 'Start' }).click();

    await page.getByText('Step 1 of 2').waitFor();
    const { guards, steps } = await newest();
    assert.deepEqual(guards, [
      { metric: 'rating', margin: 0.2, minimum_samples: 50 },
      { metric: 'thumbs', margin: 0.1, minimum_samples: 50 },
      { metric: 'safety', margin: 0, minimum_samples: 50 },
      { metric: 'error_rate', margin: 0.01, minimum_samples: 50 },
    ]);
    assert.deepEqual(steps[0], { share: 0.5, hold_seconds: 3600, minimum_samples: 5000 });
  });

  test('while it runs the panel says that there is not enough data; it is paused and resumed', async (t) => {
    const page = await open(t, '/models');
    await row(page, 'Rating: at most 0.2 stars lower').getByText('not enough data').waitFor();
    await page.getByText('Satisfaction: up by more than 5 %').waitFor();
    await page.getByText('0 people met the new model').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused. The share stays, guards go on watching.').waitFor();
    await page.getByText('Paused at 50 %').waitFor();
    assert.ok((await newest()).paused_at !== null);

    const viewer = await scene.member('viewer', 'viewer@example.com');
    t.after(() => viewer.close());
    const watched = await open(t, '/models', viewer);
    await watched.getByText('Paused at 50 %').waitFor();
    assert.equal(await watched.getByRole('button', { name: 'Resume' }).count(), 0);
    assert.equal(await watched.getByRole('link', { name: /^Deploy/ }).count(), 0);

    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Resumed').first().waitFor();
    assert.equal((await newest()).paused_at, null);
  });

  test('an experiment is refused meanwhile, in words', async () => {
    const body = { name: 'Beside', control_model_id: old, treatment_model_id: young };
    await assert.rejects(scene.client.startExperiment({ body }), { code: 'ramp_under_way' });
  });

  test('people who dislike it send it back; cause and evidence are shown', async (t) => {
    const page = await open(t, '/models');
    await react(scene, young);
    const last = page.getByRole('region', { name: 'The last deployment' });
    await last.getByText('rolled back, ').waitFor({ timeout: 60_000 });
    const guard = row(page, 'Rating: at most 0.2 stars lower');
    await guard.getByText('tripped').waitFor();
    await last
      .getByText(/^rating 1\.\d+ against 4\.\d+: -\d/)
      .first()
      .waitFor();
    await last.getByText('Rolled back', { exact: true }).waitFor();
    await last.getByText('What was known').first().click();
    const { state, history, model_id } = await newest();
    const evidence = history.at(-1)?.evidence?.guards.find(({ metric }) => metric === 'rating');
    assert.deepEqual([state, model_id, evidence?.state], ['rolled_back', young, 'tripped']);
    assert.ok((evidence?.difference.ci[1] ?? 0) < 0);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await seriousFindings(page), [], colorScheme);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    assert.deepEqual(await seriousFindings(page), []);
    const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    assert.equal(await page.evaluate(sideways), 0);
  });

  test('speaks Vietnamese; the command line shows the same and takes a plan', async (t) => {
    const context = await scene.browser.newContext({
      locale: 'vi-VN',
      storageState: await scene.admin.storageState(),
    });
    t.after(() => context.close());
    const page = await open(t, '/models', context);
    await page.getByText('Điểm đánh giá: thấp hơn nhiều nhất 0,2 sao').first().waitFor();
    await page.getByText('đã chạm').first().waitFor();

    const settings = { ATTUNE_URL: scene.server.url, ATTUNE_API_KEY: scene.server.localKey };
    const shown = await attune(['ramp'], settings);
    assert.match(shown.stdout, /rolled back/, shown.stderr);
    assert.match(shown.stdout, /rating +0\.2 +tripped/, shown.stderr);
    const steps = [
      '--step',
      '20:60:1000',
      '--step',
      '100:0:0',
      '--guard',
      'rating:0.1',
      '--guard',
      'cost:0.5:200',
    ];
    const deployed = await attune(['deploy', young, ...steps], settings);
    assert.match(deployed.stdout, /has 20 % of traffic \(step 1 of 2\)/, deployed.stderr);
    const { guards } = await newest();
    assert.deepEqual(guards, [
      { metric: 'rating', margin: 0.1, minimum_samples: 50 },
      { metric: 'cost', margin: 0.5, minimum_samples: 200 },
    ]);
    assert.match((await attune(['pause', young], settings)).stdout, /paused/);
    assert.match((await attune(['resume', young], settings)).stdout, /has 20 %/);
    const wrong = await attune(['deploy', young, '--step', 'half'], settings);
    assert.match(wrong.stderr, /SHARE:SECONDS:ANSWERS/);
  });
});

/** Everybody asks once and rates the answer: who meets the new model dislikes it. */
async function react({ client }: WebScene, disliked: string): Promise<void> {
  const corpus = await readCorpus();
  const ask = async (user: number) => {
    const content = corpus[user % QUESTIONS]?.question ?? assert.fail('the corpus is short');
    const messages = [{ role: 'user' as const, content }];
    const { attune } = await client.chatCompletions({
      body: { model: 'recorded', user: `user ${user}`, messages },
    });
    const rating = attune.reward_model === disliked ? 1 + (user % 2) : 4 + (user % 2);
    await client.giveFeedback({ body: { response_id: attune.response_id, user_id: `user ${user}`, rating } });
  };
  const AT_ONCE = 10;
  for (let user = 0; user < USERS; user += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, offset) => ask(user + offset)));
  }
}
