import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { findChromium } from './harness/chromium.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

/** Good and bad answers to as many questions, some of them with personal data. */
function ratings(questions: number) {
  return Array.from({ length: 2 * questions }, (_, n) => ({
    line: n + 1,
    data: {
      user_prompt: `What is case ${n >> 1}?`,
      ai_response: n % 2 === 0 ? `Ask ann${n}@example.com about it.` : `Nobody knows number ${n}.`,
      rating: n % 2 === 0 ? 5 : 1,
    },
  }));
}

describe('data sets', { skip }, () => {
  let scene: WebScene;
  before(async () => {
    scene = await openWebScene(chromium ?? '');
    await scene.client.importRatings({ body: { rows: ratings(12) } });
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
  const frozen = async (name: string, feedback?: number) => {
    const { items } = await scene.client.listFeedback({ query: { limit: feedback ?? 200 } });
    const { id } = await scene.client.createDataset({
      body: { name, feedback_ids: items.map((item) => item.id) },
    });
    return scene.client.updateDataset({ params: { id }, body: { status: 'ready' } });
  };
  const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

  test('a data set is made by a query, whose preview follows what is typed, and frozen', async (t) => {
    const page = await open(t, '/datasets');
    await page.getByText('No data sets yet').waitFor();
    await page.getByRole('link', { name: 'New data set' }).click();
    await page.getByLabel('Name', { exact: true }).fill('first cases');
    await page.getByText('24 feedback match').waitFor();
    await page.getByLabel('Stars from').fill('4');
    await page.getByText('12 feedback match').waitFor();
    await page.getByLabel('Tags').fill('billing');
    await page.getByText('0 feedback match').waitFor();
    await page.getByText('Nothing can be frozen from this yet:').waitFor();
    await page.getByLabel('Tags').fill('');
    await page.getByLabel('Stars from').fill('');
    await page.getByText('24 feedback match').waitFor();
    await page.getByText('What is case').first().waitFor();
    await page.getByRole('button', { name: 'Create the data set' }).click();
    await page.getByRole('heading', { name: /first cases/, level: 1 }).waitFor();
    await page.getByText('Not frozen yet').waitFor();
    await page.getByRole('button', { name: 'Freeze' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Freeze' }).click();
    await page.getByText('Data set frozen').waitFor();
    await page.getByText('No question stands on both sides of the split.').waitFor();
    await page.getByText(/pieces of personal data in .* exports mask them/).waitFor();
    const { status, sample_count } = await scene.client.getDataset({ params: { id: 'first cases' } });
    assert.deepEqual([status, sample_count], ['ready', 24]);
  });

  test('free pairs follow the query unless all of them are asked for', async (t) => {
    const texts = { chosen_response: 'Closed until Monday.', rejected_response: 'No idea.' };
    await scene.client.createPair({ body: { ...texts, query: 'What is case 3?' } });
    await scene.client.createPair({ body: { ...texts, query: 'Are schools open?' } });
    const page = await open(t, '/datasets/new');
    await page.getByText('24 feedback match · 1 pair').waitFor();
    await page.getByText('1 free pair on another question stays behind.').waitFor();
    await page.getByRole('radio', { name: 'all, on other questions too' }).press('Space');
    await page.getByText('24 feedback match · 2 pairs').waitFor();
    assert.equal(await page.getByText('stays behind').count(), 0);
    await page.getByRole('radio', { name: 'none', exact: true }).press('Space');
    await page.getByText('24 feedback match · 0 pairs').waitFor();
  });

  test('an export is previewed masked, checked, and downloaded', async (t) => {
    const { id } = await frozen('to export');
    const page = await open(t, `/datasets/${id}?tab=export`);
    const rows = page.getByRole('region', { name: 'First rows' });
    await rows.getByText('[EMAIL]').waitFor();
    await page.getByText('12 pieces of personal data masked in 12 rows').waitFor();
    await page.getByRole('switch', { name: 'Mask personal data' }).click();
    await page.getByText('12 pieces of personal data left in 12 rows').waitFor();
    await rows.getByText('@example.com').waitFor();
    await page.getByRole('switch', { name: 'Mask personal data' }).click();
    await rows.getByText('[EMAIL]').waitFor();
    await page.getByLabel('Format').selectOption('openai_chat');
    await rows.getByText('"assistant"').first().waitFor();
    await page.getByRole('tab', { name: 'curl' }).click();
    await page.getByRole('region', { name: 'curl' }).getByText('ATTUNE_API_KEY').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export and download' }).click();
    assert.match((await download).suggestedFilename(), /\.jsonl$/);
    const earlier = page.getByRole('region', { name: 'Exports so far' });
    await earlier.getByText('OpenAI: chat').waitFor();
    await earlier.getByText('masked', { exact: true }).waitFor();
  });

  test('a data set is frozen and exported by keyboard alone', async (t) => {
    const page = await open(t, '/datasets/new');
    await page.getByLabel('Name', { exact: true }).focus();
    await page.keyboard.type('by keys');
    await page.getByText('24 feedback match').waitFor();
    await page.getByRole('button', { name: 'Create the data set' }).press('Enter');
    await page.getByText('Not frozen yet').waitFor();
    await page.getByRole('button', { name: 'Freeze' }).press('Enter');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Freeze' }).press('Enter');
    await page.getByText('Data set frozen').waitFor();
    await tab(page, 'Report').focus();
    await page.keyboard.press('ArrowRight');
    const rows = page.getByRole('region', { name: 'First rows' });
    await rows.getByText('[EMAIL]').waitFor();
    await page.getByRole('switch', { name: 'Mask personal data' }).press('Space');
    await rows.getByText('@example.com').waitFor();
    await page.getByRole('switch', { name: 'Mask personal data' }).press('Space');
    await rows.getByText('[EMAIL]').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export and download' }).press('Enter');
    assert.match((await download).suggestedFilename(), /\.jsonl$/);
  });

  test('tabs, versions and their difference by keyboard alone', async (t) => {
    await frozen('twice', 12);
    const second = await frozen('twice');
    assert.equal(second.version, 2);
    const page = await open(t, `/datasets/${second.id}`);
    await tab(page, 'Report').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: /twice/ }).nth(1).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL('**?tab=versions');
    await page.getByRole('link', { name: 'Compare: v1' }).press('Enter');
    await page.getByText(/^[1-9]\d* added, 0 removed, 0 changed, [1-9]\d* the same$/).waitFor();
    await page.reload();
    await page.getByText(/^[1-9]\d* added, 0 removed, 0 changed, [1-9]\d* the same$/).waitFor();
    await tab(page, 'Versions').focus();
    await page.keyboard.press('ArrowRight');
    const graph = page.getByRole('region', { name: /What it was made from/ });
    await graph.getByRole('link').first().waitFor();
    await graph.getByRole('link').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/review**');
  });

  test('a data set goes into the archive, and comes back by undo', async (t) => {
    const { id } = await frozen('to archive');
    const page = await open(t, `/datasets/${id}`);
    await page.getByRole('button', { name: 'Archive' }).press('Enter');
    await page.getByText('Archived', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken out of the archive').waitFor();
    assert.equal((await scene.client.getDataset({ params: { id } })).status, 'ready');
    await page.getByRole('button', { name: 'Archive' }).click();
    await page.getByRole('button', { name: 'Take out of the archive' }).waitFor();
    await page.goto(`${scene.server.url}/datasets?q=to%20archive`);
    await page.getByText('No data set matches').waitFor();
    await page.getByLabel('Status').selectOption('archived');
    await page.getByRole('link', { name: /to archive/ }).waitFor();
  });

  test('the list is filtered in the address and gone through by keyboard', async (t) => {
    await frozen('listed');
    const page = await open(t, '/datasets');
    await page.getByRole('searchbox', { name: 'Part of the name' }).fill('listed');
    await page.waitForURL('**/datasets?q=listed');
    await page.getByRole('searchbox').blur();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /listed/, level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Data sets' }).waitFor();
    assert.match(page.url(), /q=listed/);
  });
});
