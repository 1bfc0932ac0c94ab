import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { findChromium } from './harness/chromium.ts';
import { seedQueue } from './harness/review-queue.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

interface Ends {
  after(fn: () => Promise<void>): void;
}

const article = (page: Page) => page.getByRole('article', { name: 'Item' });

/** Id of the item that is looked at. */
async function shown(page: Page): Promise<string> {
  await article(page).waitFor();
  return (await article(page).getAttribute('data-item')) ?? '';
}

/** Waits until another item is looked at; gives its id. */
async function shownAfter(page: Page, id: string): Promise<string> {
  await page.locator(`article[data-item]:not([data-item="${id}"])`).waitFor();
  return shown(page);
}

describe('review one by one', { skip }, () => {
  let scene: WebScene;
  before(async () => {
    scene = await openWebScene(chromium ?? '');
    await seedQueue(scene.client, 40);
  });
  after(async () => {
    await scene?.close();
    assert.deepEqual(scene?.crashes, []);
  });

  // What the test before held is free: its pages were closed in the middle of fetching.
  beforeEach(async () => {
    for (const { request } of scene.browser.contexts()) {
      await request.post(`${scene.server.url}/api/review/release`, {
        data: {},
        headers: { origin: scene.server.url },
      });
    }
  });

  const open = async (t: Ends, path = '/review?order=oldest', context: BrowserContext = scene.admin) => {
    const page = await visit(scene, context, path);
    t.after(() => page.close());
    return page;
  };
  const until = async (holds: () => Promise<boolean>) => {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if (await holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    assert.fail('It did not come to hold.');
  };
  const read = (id: string) => scene.client.getReviewItem({ params: { id } });
  const comesTo = (id: string, status: string) =>
    until(async () => (await read(id)).feedback.status === status);

  test('every decision by keyboard: the next item comes, the server has it, undo brings it back', async (t) => {
    const page = await open(t);
    let id = await shown(page);
    const decided: [string, string][] = [];
    for (const [key, status] of [
      ['a', 'approved'],
      ['r', 'rejected'],
      ['f', 'flagged'],
    ] as const) {
      await page.keyboard.press(key);
      decided.push([id, status]);
      id = await shownAfter(page, id);
    }
    for (const [item, status] of decided) await comesTo(item, status);
    for (const [item] of decided.toReversed()) {
      await page.keyboard.press('u');
      await page.locator(`[data-item="${item}"]`).waitFor();
      await comesTo(item, 'pending');
      assert.equal((await read(item)).review.reserved?.by.length !== 0, true);
    }
    const first = await shown(page);
    await page.keyboard.press('j');
    const second = await shownAfter(page, first);
    await page.keyboard.press('k');
    assert.equal(await shownAfter(page, second), first);
    await page.keyboard.press('s');
    await shownAfter(page, first);
    assert.equal((await read(first)).feedback.status, 'pending');
  });

  test('a correction is written over the answer, a note and tags are added, by keyboard', async (t) => {
    const page = await open(t);
    const id = await shown(page);
    await page.keyboard.press('n');
    const note = page.getByRole('textbox', { name: 'Note for curators' });
    await note.pressSequentially('ask a farmer: a r f s c u');
    assert.equal(await shown(page), id, 'keys rest while one writes');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'ask a farmer' }).waitFor();

    await page.keyboard.press('t');
    await page.keyboard.type('accounts');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove accounts' }).waitFor();
    await until(async () => (await read(id)).feedback.tags.includes('accounts'));

    await page.keyboard.press('c');
    const field = page.getByRole('textbox', { name: 'The answer as it should have been' });
    await field.waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Ask the help desk.');
    await page.getByRole('region', { name: 'What you changed' }).locator('ins').first().waitFor();
    await page.keyboard.press('Control+Enter');
    await shownAfter(page, id);
    await comesTo(id, 'approved');
    const { review } = await read(id);
    assert.equal(review.correction, 'Ask the help desk.');
    assert.equal(review.note, 'ask a farmer: a r f s c u');
  });

  test('nobody decides or goes on without what they wrote; it outlives Escape and a reload', async (t) => {
    const page = await open(t);
    const id = await shown(page);
    const field = page.getByRole('textbox', { name: 'The answer as it should have been' });
    await page.keyboard.press('c');
    await field.fill('Half a correction');
    for (const key of ['a', 'r', 's', 'j', 'n']) {
      // Keys act again once somebody has clicked beside the field.
      await page.getByRole('heading', { name: 'What the person said' }).click();
      await page.keyboard.press(key);
      await page.getByText('Save or cancel what you are writing first').first().waitFor();
      assert.equal(await page.evaluate('document.activeElement?.tagName'), 'TEXTAREA');
      assert.equal(await shown(page), id);
    }
    const said = page.getByRole('dialog').filter({ hasText: 'Save or cancel' });
    assert.equal(await said.count(), 1, 'said once, however often');
    await page.getByRole('toolbar', { name: 'Decide' }).getByRole('button', { name: 'Approve' }).click();
    assert.equal(await shown(page), id);
    await field.press('Escape');
    await field.waitFor({ state: 'detached' });
    await page.goto(`${scene.server.url}/review?order=oldest&item=${id}`);
    assert.equal(await shown(page), id);
    await page.keyboard.press('c');
    await field.waitFor();
    assert.equal(await field.inputValue(), 'Half a correction');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.keyboard.press('c');
    assert.notEqual(await field.inputValue(), 'Half a correction');
    await page.keyboard.press('Escape');
    await page.keyboard.press('a');
    await shownAfter(page, id);
    await comesTo(id, 'approved');
    assert.equal((await read(id)).review.correction, null);
  });

  test('a correction that the server could not take is not lost', async (t) => {
    const page = await open(t);
    const id = await shown(page);
    const field = page.getByRole('textbox', { name: 'The answer as it should have been' });
    await page.route('**/api/review/decisions', (route) => route.abort());
    await page.keyboard.press('c');
    await field.fill('Written while the line was dead.');
    await field.press('Control+Enter');
    await page.getByText('The server does not answer').first().waitFor();
    await page.unroute('**/api/review/decisions');
    assert.equal(await shown(page), id);
    await page.keyboard.press('c');
    await field.waitFor();
    assert.equal(await field.inputValue(), 'Written while the line was dead.');
    await field.press('Control+Enter');
    await comesTo(id, 'approved');
    assert.equal((await read(id)).review.correction, 'Written while the line was dead.');
  });

  test('on a phone the item is read and decided, each from its beginning', async (t) => {
    const page = await open(t);
    await page.setViewportSize({ width: 375, height: 700 });
    const id = await shown(page);
    const question = page.getByRole('heading', { name: 'Question' });
    await page.evaluate("document.querySelector('[data-item]').scrollIntoView({ block: 'start' })");
    const head = await page.getByRole('heading', { name: 'Review', level: 1 }).boundingBox();
    assert.ok(head !== null && head.y < 0, 'the head of the page makes room for the answer');
    const approve = page.getByRole('toolbar', { name: 'Decide' }).getByRole('button', { name: 'Approve' });
    await approve.click();
    await shownAfter(page, id);
    await comesTo(id, 'approved');
    const place = await question.boundingBox();
    assert.ok(place !== null && place.y >= 0, 'the next item begins at its beginning');
  });

  test('tags of similar items are offered, and added by one key', async (t) => {
    const page = await open(t, '/review?order=oldest&q=password');
    const id = await shown(page);
    const { similar } = await read(id);
    const ids = similar.slice(0, 2).map((item) => item.id);
    await scene.client.decideReview({ body: { ids, decision: { action: 'tag', tags: ['accounts'] } } });
    await page.reload();
    await page.getByRole('button', { name: /^Add accounts/ }).waitFor();
    await page.keyboard.press('1');
    await page.getByRole('button', { name: 'Remove accounts' }).waitFor();
    await until(async () => (await read(id)).feedback.tags.includes('accounts'));
    await page.getByRole('button', { name: 'Remove accounts' }).click();
    await until(async () => !(await read(id)).feedback.tags.includes('accounts'));
  });

  test('an item is given to somebody by keyboard', async (t) => {
    await scene.member('curator', 'vera@example.com');
    const page = await open(t);
    const id = await shown(page);
    await page.keyboard.press('g');
    await page.getByRole('dialog', { name: 'Assign' }).getByRole('textbox').waitFor();
    await page.keyboard.type('vera');
    await page.keyboard.press('Enter');
    await until(async () => (await read(id)).review.assigned_to?.name.includes('vera') === true);
    await page.getByRole('complementary', { name: 'Facts' }).getByText(/vera/).waitFor();
  });

  test('the same by mouse', async (t) => {
    const page = await open(t);
    const bar = page.getByRole('toolbar', { name: 'Decide' });
    const id = await shown(page);
    await bar.getByRole('button', { name: 'Note' }).click();
    await page.getByRole('textbox', { name: 'Note for curators' }).fill('clear');
    await page.getByRole('button', { name: 'Save note' }).click();
    await until(async () => (await read(id)).review.note === 'clear');
    await bar.getByRole('button', { name: 'Approve' }).click();
    const second = await shownAfter(page, id);
    await comesTo(id, 'approved');
    await bar.getByRole('button', { name: 'Correct' }).click();
    await page.getByRole('textbox', { name: 'The answer as it should have been' }).fill('Better.');
    await page.getByRole('button', { name: 'Save and approve' }).click();
    await shownAfter(page, second);
    await comesTo(second, 'approved');
    await bar.getByRole('button', { name: 'Undo' }).click();
    await page.locator(`[data-item="${second}"]`).waitFor();
    await comesTo(second, 'pending');
  });

  test('what the server refuses comes back with a message', async (t) => {
    const page = await open(t, '/review?order=newest');
    const id = await shown(page);
    await scene.client.deleteFeedback({ params: { id } });
    await page.keyboard.press('a');
    await page.getByText('No feedback with this id exists').first().waitFor();
    assert.equal(await shown(page), id);
  });

  test('an item in somebody else’s hands says so and cannot be decided', async (t) => {
    const ann = await scene.member('curator', 'ann@example.com');
    const hers = await open(t, '/review?order=newest', ann);
    const id = await shown(hers);
    const mine = await open(t, `/review?item=${id}&order=newest`);
    await mine
      .getByRole('alert')
      .getByText(/ann.* is reviewing this, until/)
      .waitFor();
    assert.equal(await shown(mine), id);
    assert.equal(await mine.getByRole('button', { name: 'Approve' }).isDisabled(), true);
    await mine.keyboard.press('a');
    await mine.keyboard.press('j');
    await shownAfter(mine, id);
    assert.equal((await read(id)).feedback.status, 'pending');
  });

  test('two people in two browsers never see one item', async (t) => {
    const people = [scene.admin, await scene.member('curator', 'ben@example.com')];
    const pages = await Promise.all(people.map((context) => open(t, '/review?order=random', context)));
    const seen = await Promise.all(
      pages.map(async (page) => {
        const ids: string[] = [];
        let id = await shown(page);
        for (let turn = 0; turn < 6; turn += 1) {
          ids.push(id);
          await page.keyboard.press(turn % 2 === 0 ? 'a' : 'r');
          id = await shownAfter(page, id);
        }
        return ids;
      }),
    );
    const all = seen.flat();
    assert.equal(new Set(all).size, 12);
    for (const id of all) await until(async () => (await read(id)).feedback.status !== 'pending');
    const { items } = await scene.client.listReviewDecisions({ query: { by: 'all', limit: 100 } });
    const verdicts = items.filter(
      ({ decision, state }) => state === 'done' && ['approve', 'reject'].includes(decision.action),
    );
    const times = (id: string) => verdicts.filter(({ feedback_ids }) => feedback_ids.includes(id)).length;
    for (const id of all) assert.equal(times(id), 1);
  });

  test('leaving the queue lets go of what was held', async (t) => {
    const page = await open(t);
    await page.getByText('4 more held for you').waitFor();
    const reserved = async () => (await scene.client.liveCounters()).queue.reserved;
    await until(async () => (await reserved()) === 5);
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await until(async () => (await reserved()) === 0);
    await page.goBack();
    await page.getByText('4 more held for you').waitFor();
    await page.goto(`${scene.server.url}/settings`);
    await until(async () => (await reserved()) === 0);
  });

  test('progress counts, and an empty queue says what to do', async (t) => {
    const page = await open(t, '/review?q=browsers');
    const left = page.locator('[data-progress="left"]');
    await left.waitFor();
    const before = Number.parseInt((await left.textContent()) ?? '', 10);
    const id = await shown(page);
    await page.keyboard.press('a');
    await shownAfter(page, id);
    await left.getByText(`${before - 1} left`).waitFor();
    await page.goto(`${scene.server.url}/review?q=zeppelin`);
    await page.getByText('Nothing matches').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await shown(page);
  });
});
