import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { seriousFindings } from './harness/accessibility.ts';
import { findChromium } from './harness/chromium.ts';
import { prepareCorpus } from './harness/reward-model.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

describe('rules that retrain', { skip }, () => {
  let scene: WebScene;
  before(async () => {
    scene = await openWebScene(chromium ?? '');
  });
  after(async () => {
    await scene?.close();
    assert.deepEqual(scene?.crashes, []);
  });

  const open = async (t: TestContext, path: string): Promise<Page> => {
    const page = await visit(scene, scene.admin, path);
    t.after(() => page.close());
    return page;
  };

  test('a rule is written, sees what there is, runs by hand and says what it did', async (t) => {
    await prepareCorpus(scene.client, 'measured-on', 40);
    const page = await open(t, '/training');
    await page.getByRole('link', { name: 'Rules' }).click();
    await page.getByText('No rules yet').waitFor();
    await page.getByRole('link', { name: 'New rule' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Weekly');
    await page.getByLabel('Start by the clock').fill('0 3 * * 9');
    await page.getByRole('button', { name: 'Save the rule' }).click();
    await page.getByText('trigger.cron').waitFor();
    await page.getByLabel('Start by the clock').fill('0 3 * * 1');
    await page.getByLabel('Start after so many new approved ratings').fill('312');
    await page.getByLabel('Start when accuracy falls below').fill('0.7');
    await page.getByLabel('Fewest labels for it').fill('250');
    await page.getByLabel('Evaluation set').selectOption('measured-on');
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByRole('button', { name: 'Save the rule' }).click();

    await page.getByRole('heading', { name: 'Weekly' }).waitFor();
    await page.getByText('Not yet.', { exact: true }).waitFor();
    await page.getByText('0 of 312', { exact: true }).waitFor();
    await page.getByText('no reward model has traffic', { exact: true }).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByRole('button', { name: 'Run now' }).click();
    // Nothing was approved: the run says so, and where.
    await page.getByText(/Failed while preparing data/).waitFor();
    await page.getByText('The run failed; it tries again at its next trigger').waitFor();

    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('It is paused.').waitFor();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Monthly');
    await page.getByRole('button', { name: 'Save the rule' }).click();
    await page.getByRole('heading', { name: 'Monthly' }).waitFor();
    const [rule] = (await scene.client.listRetrainingRules({ query: {} })).items;
    assert.deepEqual([rule?.name, rule?.paused, rule?.trigger.ratings], ['Monthly', true, 312]);
    assert.deepEqual(rule?.trigger.accuracy, { below: 0.7, labels: 250, days: 28 });
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No rules yet').waitFor();
  });

  test('speaks Vietnamese', async (t) => {
    const body = { name: 'Hằng tuần', trigger: { ratings: 500 }, training: {}, paused: true };
    await scene.client.createRetrainingRule({ body });
    const context = await scene.browser.newContext({
      locale: 'vi-VN',
      storageState: await scene.admin.storageState(),
    });
    t.after(() => context.close());
    const page = await visit(scene, context, '/training/rules');
    await page.getByText('500 đánh giá mới').waitFor();
    await page.getByRole('link', { name: 'Hằng tuần' }).click();
    await page.getByText('Đang tạm dừng.').waitFor();
  });
});
