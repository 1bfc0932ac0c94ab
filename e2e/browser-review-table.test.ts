import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { findChromium } from './harness/chromium.ts';
import { seedQueue } from './harness/review-queue.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

/** More than are decided at once, so that the decision runs in the background. */
const MANY = 1200;

interface Ends {
  after(fn: () => Promise<void>): void;
}

const rows = (page: Page) => page.locator('[data-row]');
const count = (page: Page) => page.locator('[data-count]');
/** The button in the corner message, not the one at the foot of the table. */
const undoInMessage = (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Undo' });
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });

describe('the queue as a table', { skip }, () => {
  let scene: WebScene;
  before(async () => {
    scene = await openWebScene(chromium ?? '');
    await seedQueue(scene.client, 12);
  });
  after(async () => {
    await scene?.close();
    assert.deepEqual(scene?.crashes, []);
  });

  const open = async (t: Ends, path: string, context: BrowserContext = scene.admin) => {
    const page = await visit(scene, context, path);
    t.after(() => page.close());
    return page;
  };
  const status = async (id: string) => (await scene.client.getReviewItem({ params: { id } })).feedback.status;
  const tags = async (id: string) => (await scene.client.getReviewItem({ params: { id } })).feedback.tags;
  const idsOf = (page: Page) =>
    rows(page).evaluateAll((elements) => elements.map((element) => element.getAttribute('data-row') ?? ''));

  test('rows are selected and decided by keyboard, and undo brings them back', async (t) => {
    const page = await open(t, '/review?view=table&order=oldest');
    await count(page).getByText('12 items').waitFor();
    const before = await idsOf(page);
    for (const key of ['j', 'x', 'j', 'j', 'Shift+X']) await page.keyboard.press(key);
    const bar = page.getByRole('region', { name: 'Selection' });
    await bar.getByText('3 selected').waitFor();
    await page.keyboard.press('a');
    await count(page).getByText('9 items').waitFor();
    for (const id of before.slice(1, 4)) assert.equal(await status(id), 'approved');
    await page.keyboard.press('u');
    await count(page).getByText('12 items').waitFor();
    assert.deepEqual(await idsOf(page), before);

    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Item' }).waitFor();
    await page.keyboard.press('v');
    await count(page).waitFor();
  });

  test('a range is selected by mouse with Shift, and tagged', async (t) => {
    const page = await open(t, '/review?view=table&order=oldest');
    const [first, second, third] = await rows(page)
      .first()
      .waitFor()
      .then(() => idsOf(page));
    const box = (id = '') => page.locator(`[data-row="${id}"]`).getByRole('checkbox');
    await box(first).click();
    await box(third).click({ modifiers: ['Shift'] });
    const bar = page.getByRole('region', { name: 'Selection' });
    await bar.getByText('3 selected').waitFor();
    await bar.getByRole('button', { name: 'Tag' }).click();
    await dialog(page, 'Tag').getByRole('combobox').fill('urgent');
    await page.keyboard.press('Enter');
    await page.locator(`[data-row="${second}"]`).getByText('urgent').waitFor();
    assert.deepEqual(await tags(third ?? ''), ['urgent']);
    await undoInMessage(page).click();
    await page.locator(`[data-row="${second}"]`).getByText('urgent').waitFor({ state: 'detached' });
  });

  test('filter, search and order stand in the address and hold after a reload', async (t) => {
    const page = await open(t, '/review?view=table');
    await count(page).getByText('12 items').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('password');
    await page.keyboard.press('Enter');
    await count(page).getByText('3 items').waitFor();
    await page.keyboard.press('Shift+F');
    await dialog(page, 'Filter the queue').getByLabel('Stars, at least').selectOption('4');
    await dialog(page, 'Filter the queue').getByRole('button', { name: 'Show' }).click();
    await count(page).getByText('2 items').waitFor();
    const { searchParams } = new URL(page.url());
    assert.deepEqual([searchParams.get('q'), searchParams.get('min_rating')], ['password', '4']);
    await page.reload();
    await count(page).getByText('2 items').waitFor();
    await page.getByRole('button', { name: 'Remove the filter Stars, at least: 4' }).click();
    await count(page).getByText('3 items').waitFor();
    await page.getByRole('combobox', { name: 'Search by' }).selectOption('Meaning');
    await page.waitForURL(/semantic=password/);
    await rows(page).first().getByText('How do I reset my password?').waitFor();
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await count(page).getByText('12 items').waitFor();
  });

  test('a view is saved, shared, chosen by somebody else, changed and deleted', async (t) => {
    const page = await open(t, '/review?view=table&q=browsers&order=newest');
    await count(page).getByText('3 items').waitFor();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('button', { name: 'Save this view…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Browser questions');
    await page.getByRole('switch', { name: 'Everybody who reviews sees it' }).click();
    await page.keyboard.press('Escape');
    await dialog(page, 'Save this view').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('button', { name: 'Save this view…' }).click();
    await page.getByRole('switch', { name: 'Everybody who reviews sees it' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Browser questions');
    await page.keyboard.press('Enter');
    await page.getByText('Saved as “Browser questions”').waitFor();

    const theirs = await open(t, '/review?view=table', await scene.member('curator', 'cleo@example.com'));
    await count(theirs).getByText('12 items').waitFor();
    await theirs.getByRole('button', { name: 'Views' }).click();
    await theirs.getByRole('button', { name: /^Browser questions/ }).click();
    await count(theirs).getByText('3 items').waitFor();
    assert.match(theirs.url(), /q=browsers/);

    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('button', { name: 'Change “Browser questions”' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByText('Deleted “Browser questions”').waitFor();
    const { items } = await scene.client.listReviewViews({ query: {} });
    assert.deepEqual(items, []);
  });

  test('a whole filter is decided after a preview, in the background, and taken back', async (t) => {
    const data = (index: number) => ({
      user_prompt: `How wide is field ${index}?`,
      ai_response: 'As wide as a barn.',
      rating: 1 + (index % 2),
    });
    const all = Array.from({ length: MANY }, (_, index) => ({ line: index + 1, data: data(index) }));
    await scene.client.importRatings({ body: { rows: all.slice(0, 1000) } });
    await scene.client.importRatings({ body: { rows: all.slice(1000) } });
    const page = await open(t, '/review?view=table&source=import&order=oldest');
    await count(page).getByText('1,200 items').waitFor();
    assert.ok((await rows(page).count()) < 60, 'only rows that are seen are drawn');

    await page.getByRole('checkbox', { name: 'Select all shown' }).check();
    await page.getByRole('button', { name: 'Select all 1,200 that match' }).click();
    await page.keyboard.press('r');
    const confirm = dialog(page, 'Reject 1,200 items?');
    await confirm
      .getByText(/How wide is field/)
      .first()
      .waitFor();
    await confirm.getByRole('button', { name: 'Reject' }).click();
    await page.getByText('Rejected: 1,200 items').waitFor();
    const pending = async () =>
      (await scene.client.reviewQueue({ query: { source: 'import', limit: 1 } })).count?.value;
    assert.equal(await pending(), 0);
    await undoInMessage(page).click();
    await page.getByText(/^Taken back: Rejected/).waitFor();
    await count(page).getByText('1,200 items').waitFor();
    assert.equal(await pending(), MANY);
  });

  test('scrolling reads further pages and draws no more than is seen', async (t) => {
    const page = await open(t, '/review?view=table&source=import&order=oldest');
    await count(page).getByText('1,200 items').waitFor();
    const scroller = page
      .getByRole('region', { name: 'Items of the queue' })
      .locator('[tabindex="0"]')
      .last();
    const last = page.getByRole('button', { name: /How wide is field 149\?/ });
    for (let page = 0; (await last.count()) === 0; page += 1) {
      assert.ok(page < 100, 'the third page comes');
      await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.ok((await rows(page).count()) < 60);
  });
});
