import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { findChromium } from './harness/chromium.ts';
import { keyboardOf } from './harness/keyboard.ts';
import { seedQueue } from './harness/review-queue.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

describe('the review queue by keyboard alone', { skip }, () => {
  let scene: WebScene;
  before(async () => {
    scene = await openWebScene(chromium ?? '');
    await seedQueue(scene.client, 12);
  });
  after(async () => {
    await scene?.close();
    assert.deepEqual(scene?.crashes, []);
  });
  const open = async (t: TestContext, context: BrowserContext, path: string) => {
    const page = await visit(scene, context, path);
    t.after(() => page.close());
    return { page, keys: keyboardOf(page) };
  };
  const counted = (page: Page, says: string) => page.locator('[data-count]').getByText(says).waitFor();

  test('a view is saved, shared, renamed, replaced, chosen by somebody else and deleted', async (t) => {
    const { page, keys } = await open(t, scene.admin, '/review?view=table');
    await counted(page, '12 items');
    await keys.press('/');
    await keys.type('browsers');
    await keys.press('Enter');
    await counted(page, '3 items');

    const views = page.getByRole('button', { name: 'Views' });
    const save = page.getByRole('dialog', { name: 'Save this view' });
    await keys.enter(views);
    await keys.enter(page.getByRole('button', { name: 'Save this view…' }));
    await keys.write(save.getByRole('textbox', { name: 'Name' }), 'Browsers');
    await keys.toggle(save.getByRole('switch', { name: 'Everybody who reviews sees it' }));
    await keys.enter(save.getByRole('button', { name: 'Save', exact: true }));
    await page.getByText('Saved as “Browsers”').waitFor();
    await save.waitFor({ state: 'detached' });
    await keys.keepsFocus();

    const change = async (action: string) => {
      await keys.enter(views);
      await keys.enter(page.getByRole('button', { name: 'Change “Browsers”' }));
      const item = page.getByRole('menuitem', { name: action });
      await item.waitFor();
      while ((await item.and(page.locator(':focus')).count()) === 0) await keys.press('ArrowDown');
      await keys.press('Enter');
    };
    await change('Rename or share…');
    const rename = page.getByRole('dialog', { name: 'Change the view' });
    await keys.write(rename.getByRole('textbox', { name: 'Name' }), 'Browsers');
    await keys.press('Enter');
    await page.getByText('Changed', { exact: true }).waitFor();
    await rename.waitFor({ state: 'detached' });
    await keys.keepsFocus();

    const cleo = await scene.member('curator', 'cleo@example.com');
    const theirs = await open(t, cleo, '/review?view=table');
    await counted(theirs.page, '12 items');
    await theirs.keys.enter(theirs.page.getByRole('button', { name: 'Views' }));
    await theirs.keys.enter(theirs.page.getByRole('button', { name: /^Browsers/ }));
    await counted(theirs.page, '3 items');
    assert.match(theirs.page.url(), /q=browsers/);
    await theirs.keys.keepsFocus();

    await change('Replace by what is shown now');
    await page.getByText('“Browsers” shows this now').waitFor();
    await change('Delete');
    await page.getByText('Deleted “Browsers”').waitFor();
    await page.getByRole('button', { name: 'Change “Browsers”' }).waitFor({ state: 'detached' });
    await keys.keepsFocus();
    assert.deepEqual((await scene.client.listReviewViews({ query: {} })).items, []);
    await keys.press('F6');
    await keys.enter(page.getByRole('dialog').getByRole('button', { name: 'Undo' }));
    await page.getByText('Saved as “Browsers”').waitFor();
    assert.equal((await scene.client.listReviewViews({ query: {} })).items.length, 1);
  });

  test('a whole filter is previewed, rejected and taken back', async (t) => {
    const data = (index: number) => ({
      user_prompt: `How wide is field ${index}?`,
      ai_response: 'As wide as a barn.',
      rating: 1 + (index % 2),
    });
    const rows = Array.from({ length: 120 }, (_, index) => ({ line: index + 1, data: data(index) }));
    await scene.client.importRatings({ body: { rows } });
    const pending = async () =>
      (await scene.client.reviewQueue({ query: { source: 'import', limit: 1 } })).count?.value;

    const { page, keys } = await open(t, scene.admin, '/review?view=table&order=oldest');
    await counted(page, '132 items');
    const filter = page.getByRole('dialog', { name: 'Filter the queue' });
    await keys.press('Shift+F');
    await keys.choose(filter.getByLabel('Source'), 'import');
    await keys.enter(filter.getByRole('button', { name: 'Show' }));
    await counted(page, '120 items');

    // Arrow keys lead from row to row, so that Tab leads past the list.
    await keys.tabTo(page.getByRole('checkbox', { name: /How wide is field/ }).first());
    await keys.press('ArrowDown', 'ArrowDown', 'ArrowUp', 'Space');
    await page.getByRole('region', { name: 'Selection' }).getByText('1 selected').waitFor();
    await keys.press('Escape');
    const all = page.getByRole('checkbox', { name: 'Select all shown' });
    await keys.tabBackTo(all);
    await keys.press('Space');
    await keys.enter(page.getByRole('button', { name: 'Select all 120 that match' }));
    await page.getByText('All 120 that match are selected').first().waitFor();
    await keys.keepsFocus();

    const ask = page.getByRole('dialog', { name: 'Reject 120 items?' });
    await keys.press('r');
    await ask
      .getByText(/How wide is field/)
      .first()
      .waitFor();
    await keys.press('Escape');
    await ask.waitFor({ state: 'detached' });
    assert.equal(await pending(), 120);
    await keys.keepsFocus();
    await keys.press('r');
    await keys.enter(ask.getByRole('button', { name: 'Reject' }));
    await page.getByText('Rejected: 120 items').waitFor();
    await ask.waitFor({ state: 'detached' });
    await keys.keepsFocus();
    assert.equal(await pending(), 0);

    await keys.press('u');
    await page.getByText(/^Taken back: Rejected/).waitFor();
    await counted(page, '120 items');
    assert.equal(await pending(), 120);
    await keys.keepsFocus();
  });
});
