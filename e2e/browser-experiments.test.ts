import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { Experiment } from '@attune/contracts';
import type { BrowserContext, Page } from 'playwright-core';
import { readCorpus } from '../apps/server/src/cli/demo/corpus.ts';
import { seriousFindings } from './harness/accessibility.ts';
import { findChromium } from './harness/chromium.ts';
import { attune } from './harness/command.ts';
import { keyboardOf } from './harness/keyboard.ts';
import { deployRewardModel, prepareCorpus, trained } from './harness/reward-model.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

const QUESTIONS = 20;
/** Enough for 50 in each arm. */
const USERS = 140;

describe('experiments', { skip }, () => {
  let scene: WebScene;
  let control: string;
  let treatment: string;
  before(async () => {
    scene = await openWebScene(chromium ?? '', { ATTUNE_FEEDBACK_PER_MINUTE: '100000' });
    control = await deployRewardModel(scene.client, 'old', 40);
    const dataset = await prepareCorpus(scene.client, 'more', 60);
    const job = await scene.client.createJob({ body: { dataset, model_name: 'new' } });
    treatment = await trained(scene.client, job.id);
    await recordAnswers(scene);
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
  const newest = async (): Promise<Experiment> => {
    const [experiment] = (await scene.client.listExperiments({ query: {} })).items;
    return experiment ?? assert.fail('no experiment');
  };

  test('an empty page teaches; one is started by keyboard alone, and says what it lacks', async (t) => {
    const page = await open(t, '/experiments');
    const keys = keyboardOf(page);
    await page.getByText('No experiments yet').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await keys.enter(page.getByRole('link', { name: 'Start the first one' }));

    await page.getByLabel('Treatment', { exact: true }).waitFor();
    assert.equal(await page.getByLabel('Control', { exact: true }).inputValue(), control);
    assert.equal(await page.getByLabel('Treatment', { exact: true }).inputValue(), treatment);
    await page.getByText('Satisfaction: up by more than 5 %').waitFor();
    await page.getByText(/A change of 5 % takes roughly [\d,]+ reactions/).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await keys.write(page.getByLabel('Name', { exact: true }), 'New or old');
    await keys.write(page.getByLabel('Change to find, %'), '50');
    await page.getByText(/A change of 50 % takes roughly [\d,]+ reactions/).waitFor();
    for (const number of [4, 3, 2]) {
      await keys.enter(page.getByRole('button', { name: `Remove criterion ${number}` }));
    }
    await keys.enter(page.getByRole('button', { name: 'Start the experiment' }));

    await page.getByRole('heading', { name: 'New or old' }).waitFor();
    await page.getByText('running', { exact: true }).waitFor();
    await page.getByRole('heading', { name: 'Not enough data yet' }).waitFor();
    await page.getByText('Each arm needs 50 users').waitFor();
    await page.getByText('Intervals are drawn as soon as both arms have reactions.').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    const { success_metrics, status } = await newest();
    assert.deepEqual(success_metrics, [
      { metric: 'satisfaction', measure: 'relative', bound: 'above', value: 0.05 },
    ]);
    assert.equal(status, 'running');
  });

  test('what the results do not recommend is not promoted, and nobody is forced by accident', async (t) => {
    const { id } = await newest();
    const page = await open(t, `/experiments/${id}`);
    await page.getByRole('button', { name: 'Promote' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('The results do not recommend this').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await dialog.getByRole('button', { name: 'Promote', exact: true }).click();
    await page
      .getByText(/do not recommend|not recommended/)
      .first()
      .waitFor();
    assert.equal((await newest()).status, 'running');
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    await page.getByLabel('User or session').fill('tester');
    await page.getByRole('button', { name: 'Force' }).click();
    await page.getByRole('button', { name: 'No longer force tester' }).waitFor();
    assert.deepEqual((await newest()).forced, { tester: 'treatment' });
    await page.getByRole('button', { name: 'No longer force tester' }).click();
    await page.getByText('Nobody is forced.').waitFor();
    assert.deepEqual((await newest()).forced, {});
  });

  test('people react, and the panel follows: verdict, intervals, plot, segments, promotion', async (t) => {
    const { id } = await newest();
    const page = await open(t, `/experiments/${id}`);
    await page.getByRole('heading', { name: 'Not enough data yet' }).waitFor();
    await react(scene, treatment);
    await page.getByRole('heading', { name: 'Give the treatment all traffic' }).waitFor({ timeout: 60_000 });
    await page.getByText('Every criterion holds').waitFor();
    await page.getByRole('cell', { name: 'holds' }).waitFor();
    const { results } = await newest();
    const [satisfaction] = results?.metrics ?? [];
    const liked = `${((satisfaction?.control.value ?? 0) * 100).toFixed(1)} %`;
    const row = page.getByRole('row').filter({ has: page.getByRole('cell', { name: 'Satisfaction' }) });
    await row.getByRole('cell', { name: liked, exact: true }).waitFor();
    await page.getByRole('region', { name: 'Segments' }).waitFor();
    await page.locator('figure canvas').waitFor();
    await page.getByText(/Newest: \+[\d.]+ pp/).waitFor();
    await page.getByLabel('Metric shown').selectOption('Rating');
    assert.match(page.url(), /metric=rating/);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await seriousFindings(page), [], colorScheme);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    assert.deepEqual(await seriousFindings(page), []);
    const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    assert.equal(await page.evaluate(sideways), 0);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.reload();
    await page.getByText(/Newest: \+[\d.]+ \(/).waitFor();

    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('paused', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('running', { exact: true }).waitFor();
    const { end_date } = await newest();
    await page.getByRole('button', { name: 'Extend' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByLabel('More days').fill('7');
    await dialog.getByRole('button', { name: 'Extend' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const later = Date.parse((await newest()).end_date ?? '') - Date.parse(end_date ?? '');
    assert.equal(later, 7 * 86_400_000);

    await page.getByRole('button', { name: 'Promote' }).click();
    await dialog.getByRole('button', { name: 'Promote' }).click();
    await page.getByRole('heading', { name: 'The treatment won' }).waitFor();
    await page.getByText('The treatment was given all traffic.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Pause' }).count(), 0);
    const { items } = await scene.client.listRamps({ query: { limit: 1 } });
    assert.deepEqual([items[0]?.model_id, items[0]?.share], [treatment, 1]);
  });

  test('an A/A is a draft, then runs, and is ended by keyboard alone', async (t) => {
    const page = await open(t, '/experiments/new');
    await page.getByLabel('Name', { exact: true }).fill('Self-test');
    await page.getByLabel('Treatment', { exact: true }).selectOption(treatment);
    await page.getByText('The same model twice (A/A)').waitFor();
    await page.getByRole('button', { name: 'Save as a draft' }).click();
    await page.getByText('nobody meets the treatment until it is started').waitFor();
    const keys = keyboardOf(page);
    await keys.enter(page.getByRole('button', { name: 'Start', exact: true }));
    await page.getByText('running', { exact: true }).waitFor();
    await keys.enter(page.getByRole('button', { name: 'End', exact: true }));
    const dialog = page.getByRole('alertdialog');
    await keys.choose(dialog.getByLabel('Winner'), 'nob');
    await keys.write(dialog.getByLabel('Reason'), 'all is well');
    await keys.enter(dialog.getByRole('button', { name: 'End' }));
    await page.getByRole('heading', { name: 'No winner' }).waitFor();
    await page.getByText('all is well').waitFor();
    await keys.keepsFocus();
    const { status, winner } = await newest();
    assert.deepEqual([status, winner], ['completed', 'inconclusive']);
  });

  test('the list filters by status in its address, speaks Vietnamese, and lets viewers look only', async (t) => {
    const page = await open(t, '/experiments');
    await page.getByText('The treatment won').waitFor();
    await page.getByText('No winner').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByLabel('Status').selectOption('running');
    await page.getByText('No experiment has this status').waitFor();
    assert.match(page.url(), /status=running/);

    const viewer = await scene.member('viewer', 'viewer@example.com');
    t.after(() => viewer.close());
    const watched = await open(t, '/experiments', viewer);
    await watched.getByRole('link', { name: 'New or old' }).click();
    await watched.getByRole('heading', { name: 'The treatment won' }).waitFor();
    assert.equal(await watched.getByRole('link', { name: 'New experiment' }).count(), 0);

    const context = await scene.browser.newContext({
      locale: 'vi-VN',
      storageState: await scene.admin.storageState(),
    });
    t.after(() => context.close());
    const vietnamese = await open(t, '/experiments', context);
    await vietnamese.getByRole('link', { name: 'New or old' }).click();
    await vietnamese.getByRole('heading', { name: 'Mô hình thử thắng' }).waitFor();
    await vietnamese.getByText('Mức hài lòng: tăng hơn 5 %').waitFor();
  });

  test('the command line lists them and shows a panel', async () => {
    const settings = { ATTUNE_URL: scene.server.url, ATTUNE_API_KEY: scene.server.localKey };
    const listed = await attune(['experiments'], settings);
    assert.match(listed.stdout, /New or old +completed .*treatment won/, listed.stderr);
    const shown = await attune(['experiment', 'New or old'], settings);
    assert.match(shown.stdout, /deploy the treatment: every criterion holds/, shown.stderr);
    assert.match(shown.stdout, /satisfaction relative above 5 % +holds/);
    const { id } = await newest();
    const byId = await attune(['experiment', id, '--json'], settings);
    assert.match(byId.stdout, /"name":"Self-test"/, byId.stderr);
    const unknown = await attune(['experiment', 'nothing'], settings);
    assert.match(unknown.stderr, /There is no experiment nothing/);
  });
});

/** Each question has two answers, so that models can differ. */
async function recordAnswers({ client }: WebScene): Promise<void> {
  const corpus = (await readCorpus()).slice(0, QUESTIONS + 1);
  const first = corpus.map(({ answers }) => ({ text: answers[0]?.text ?? '' }));
  const items = corpus.slice(0, QUESTIONS).map(({ question }, index) => ({
    query: question,
    answers: first.slice(index, index + 2),
  }));
  await client.addRecordedAnswers({ body: { items } });
}

/** Everybody asks once and rates the answer: who gets the treatment always likes it, half of the others do. */
async function react({ client }: WebScene, treatment: string): Promise<void> {
  const corpus = await readCorpus();
  const ask = async (user: number) => {
    const content = corpus[user % QUESTIONS]?.question ?? assert.fail('the corpus is short');
    const messages = [{ role: 'user' as const, content }];
    const { attune } = await client.chatCompletions({
      body: { model: 'recorded', user: `user ${user}`, messages },
    });
    const rating = attune.reward_model === treatment || user % 2 === 0 ? 5 : 2;
    const body = { response_id: attune.response_id, user_id: `user ${user}`, rating };
    await client.giveFeedback({ body });
  };
  const AT_ONCE = 10;
  for (let user = 0; user < USERS; user += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, offset) => ask(user + offset)));
  }
}
