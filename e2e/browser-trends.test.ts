import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { seriousFindings } from './harness/accessibility.ts';
import { findChromium } from './harness/chromium.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;
const query = 'How long is it?';

describe('trends', { skip }, () => {
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

  test('panels say how to fill them, then follow what happens, down to the rows behind a point', async (t) => {
    const page = await open(t, '/trends?period=7d');
    const panel = (metric: string) => page.locator(`[data-panel=${metric}]`);
    await panel('answers').getByText('No answers in this period').waitFor();
    await panel('adopted').getByText('POST /api/outcomes').waitFor();
    assert.deepEqual(await seriousFindings(page), []);

    const answers = await converse(scene, 6);
    // By themselves: the live counters moved.
    await panel('answers').getByText('6', { exact: true }).first().waitFor();
    await panel('satisfaction').getByText('67 %', { exact: true }).first().waitFor();
    await panel('satisfaction').getByText('n = 6.').waitFor();
    await panel('adopted').getByText('n = 6.').waitFor();
    await panel('latency_p95').getByText('Not enough data: at most 6').waitFor();
    assert.deepEqual(await seriousFindings(page), []);

    await panel('answers').getByText('Numbers').click();
    await panel('answers').getByRole('button', { name: 'Show the rows of' }).first().click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText(query).first().waitFor();
    assert.equal(await sheet.getByText(query).count(), answers.length);
    assert.deepEqual(await seriousFindings(page), []);
    await page.keyboard.press('Escape');
    await panel('satisfaction').getByText('Numbers').click();
    await panel('satisfaction').getByRole('button', { name: 'Show the rows of' }).first().click();
    await sheet.getByText('5 of 5 stars').first().waitFor();
  });

  test('period and segments stand in the address', async (t) => {
    await converse(scene, 1);
    const page = await open(t, '/trends');
    await page.getByLabel('Period').selectOption('custom');
    await page.getByLabel('First day (UTC)').waitFor();
    await page.getByLabel('Lines').selectOption('policy');
    await page.getByLabel('Policy', { exact: true }).selectOption('recorded');
    await page.waitForURL(/period=custom.*by=policy.*policy=recorded/);
    await page.reload();
    assert.equal(await page.getByLabel('Lines').inputValue(), 'policy');
    await page.getByLabel('Policy', { exact: true }).selectOption('Every policy');
    await page.waitForURL((url) => !url.searchParams.has('policy'));
  });

  test('speaks Vietnamese', async (t) => {
    const context = await scene.browser.newContext({
      locale: 'vi-VN',
      storageState: await scene.admin.storageState(),
    });
    t.after(() => context.close());
    const page = await visit(scene, context, '/trends');
    await page.getByRole('heading', { name: 'Xu hướng' }).waitFor();
    await page.getByText('Độ phủ').waitFor();
  });
});

/** Asks, rates (four of six with five stars) and reports what came of it. */
async function converse({ client }: WebScene, count: number): Promise<string[]> {
  await client.addRecordedAnswers({ body: { items: [{ query, answers: [{ text: 'Two metres.' }] }] } });
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const messages = [{ role: 'user' as const, content: query }];
    const { attune } = await client.chatCompletions({ body: { model: 'recorded', messages } });
    const { response_id } = attune;
    await client.giveFeedback({ body: { response_id, rating: n < 4 ? 5 : 2 } });
    await client.reportOutcome({ body: { kind: 'adopted', response_id } });
    ids.push(response_id);
  }
  return ids;
}
