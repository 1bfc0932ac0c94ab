import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { seriousFindings } from './harness/accessibility.ts';
import { findChromium } from './harness/chromium.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

describe('alerts and reports', { skip }, () => {
  let scene: WebScene;
  before(async () => {
    scene = await openWebScene(chromium ?? '', { ATTUNE_ALERT_WEBHOOK_PRIVATE: 'true' });
    await reportAnswer(scene);
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

  test('a channel is added, its secret shown once, tested, and removed', async (t) => {
    const bodies: string[] = [];
    const receiver = createServer((request, response) => {
      request.on('data', (chunk) => bodies.push(String(chunk)));
      request.on('end', () => response.writeHead(bodies.length > 1 ? 500 : 200).end());
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    t.after(() => receiver.close());
    const { port } = receiver.address() as AddressInfo;
    const page = await open(t, '/live');
    await page.getByRole('link', { name: 'History, rules and channels' }).click();
    await page.getByRole('tab', { name: 'Channels' }).click();
    await page.getByText('No channels yet').waitFor();
    await page.getByRole('button', { name: 'Add a channel' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Kind').selectOption('email');
    await dialog.getByLabel('Mail server').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await dialog.getByLabel('Kind').selectOption('webhook');
    await dialog.getByLabel('Name', { exact: true }).fill('Pager');
    await dialog.getByLabel('Address').fill(`http://127.0.0.1:${port}/token`);
    await dialog.getByRole('button', { name: 'Add a channel' }).click();
    assert.match(await dialog.getByLabel('Signing secret').inputValue(), /^whsec_/);
    await page.keyboard.press('Escape');
    const row = page.locator('[data-channel=Pager]');
    await row.getByText(`Webhook, 127.0.0.1:${port}`).waitFor();
    await row.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('The test was delivered.').waitFor();
    assert.equal(JSON.parse(bodies[0] ?? '').type, 'test');
    await row.getByRole('button', { name: 'Send a test' }).click();
    await row.getByText('The webhook answered 500.').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await row.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No channels yet').waitFor();
  });

  test('a rule is changed, switched off and made what it was', async (t) => {
    const page = await open(t, '/alerts?tab=rules');
    const rule = page.locator('[data-rule=error_rate]');
    await rule.getByText('Fires above 1 % over 1 hour, from 100 observations; ends 0.2 % better.').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await rule.getByRole('button', { name: 'Change' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Threshold').fill('7');
    await dialog.getByRole('button', { name: 'Save the rule' }).click();
    await dialog.getByText('must lie between 0.0001 and 1').waitFor();
    await dialog.getByLabel('Threshold').fill('0.05');
    assert.deepEqual(await seriousFindings(page), []);
    await dialog.getByRole('button', { name: 'Save the rule' }).click();
    await rule.getByText('Fires above 5 %').waitFor();
    await rule.getByRole('switch').click();
    await rule.getByText('Off', { exact: true }).waitFor();
    await rule.getByRole('button', { name: 'Change' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Back to the default' }).click();
    await rule.getByText('Fires above 1 %').waitFor();
    const { items } = await scene.client.alertRules({});
    assert.ok(items.every(({ changed, enabled }) => !changed && enabled));
  });

  test('an alert is silenced with a reason, told again, and seen', async (t) => {
    const page = await open(t, '/alerts');
    await page.getByText('A person reports an answer as harmful').waitFor();
    await page.getByRole('button', { name: 'Silence' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('We know');
    await dialog.getByLabel('What is silenced').selectOption('kind');
    await dialog.getByRole('button', { name: 'Silence' }).click();
    await page.getByText('silenced').first().waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByRole('tab', { name: 'Silences' }).click();
    await page.getByText('We know').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByText('Nothing is silenced').waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('button', { name: 'I look after it' }).click();
    await page.getByLabel('State').selectOption('resolved');
    await page.getByText(/acknowledged by/).waitFor();
    await page.getByLabel('State').selectOption('firing');
    await page.getByText('No alerts').waitFor();
  });

  test('a report is made, says what there is, and one click does what it proposes', async (t) => {
    await approveRatings(scene, 120);
    const page = await open(t, '/reports');
    await page.getByText('No reports yet').waitFor();
    await page.getByRole('button', { name: 'Report on 7 days' }).click();
    await page.getByRole('heading', { name: /^Weekly report/, level: 1 }).waitFor();
    await page.getByRole('row', { name: /^Rating .*not enough data$/ }).waitFor();
    await page.getByText('Nobody judged in this period.').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    const action = page.locator('[data-action=add_rule]');
    await action.getByText('120 approved ratings are in no data set yet').waitFor();
    await action.getByRole('button', { name: 'Add the rule' }).click();
    await action.getByText('Done by').waitFor();
    const { items } = await scene.client.listRetrainingRules({ query: {} });
    assert.deepEqual(
      items.map(({ trigger }) => trigger.ratings),
      [200],
    );
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Markdown' }).click();
    assert.match((await download).suggestedFilename(), /^report-week-.*\.md$/);
    await page.getByRole('link', { name: 'Reports' }).first().click();
    await page.getByText('1 proposal, 1 done').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
  });

  test('speaks Vietnamese', async (t) => {
    const context = await scene.browser.newContext({
      locale: 'vi-VN',
      storageState: await scene.admin.storageState(),
    });
    t.after(() => context.close());
    const page = await visit(scene, context, '/alerts?tab=rules');
    await page.getByText('Báo khi trên 2 s trong 1 giờ').waitFor();
    await page.goto(`${scene.server.url}/reports`);
    await page.getByText('1 đề xuất, đã làm 1').waitFor();
  });
});

/** Ratings that somebody has approved and no data set has. */
async function approveRatings({ client }: WebScene, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, n) => ({
    line: n + 1,
    data: { user_prompt: `What is case ${n}?`, ai_response: `It is number ${n}.`, rating: 1 + (n % 5) },
  }));
  await client.importRatings({ body: { rows } });
  const { items } = await client.listFeedback({ query: { source: 'import', limit: count } });
  const ids = items.map(({ id }) => id);
  await client.bulkUpdateFeedback({ body: { ids, patch: { status: 'approved' } } });
}

async function reportAnswer({ client }: WebScene): Promise<void> {
  const query = 'How long is it?';
  await client.addRecordedAnswers({ body: { items: [{ query, answers: [{ text: 'Two metres.' }] }] } });
  const messages = [{ role: 'user' as const, content: query }];
  const { attune } = await client.chatCompletions({ body: { model: 'recorded', messages } });
  await client.giveFeedback({ body: { response_id: attune.response_id, rating: 3, safety_issue: true } });
}
