import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { findChromium } from './harness/chromium.ts';
import { seedQueue } from './harness/review-queue.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

const STREAM = '/api/metrics/live/events';

describe('the shell', { skip }, () => {
  let scene: WebScene;
  before(async () => {
    scene = await openWebScene(chromium ?? '');
  });
  after(async () => {
    await scene?.close();
    assert.deepEqual(scene?.crashes, []);
  });

  /** A tab at an address, closed when the test ends. */
  const open = async (
    t: { after: (fn: () => Promise<void>) => void },
    path: string,
    context: BrowserContext = scene.admin,
  ): Promise<Page> => {
    const page = await visit(scene, context, path);
    t.after(() => page.close());
    return page;
  };
  const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });

  test('people see the pages that their role has a use for', async (t) => {
    const viewer = await scene.member('viewer', 'viewer@example.com');
    const page = await open(t, '/', viewer);
    const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    await links.filter({ hasText: 'Dashboard' }).waitFor();
    assert.equal(await links.filter({ hasText: 'Feedback' }).count(), 0);
    await page.goto(`${scene.server.url}/settings?tab=members`);
    await page.getByRole('tab', { name: 'You' }).waitFor();
    assert.equal(await page.getByRole('tab').count(), 1);
  });

  test('the language is chosen by keyboard, holds after a reload, and every tab follows', async (t) => {
    const context = await scene.member('rater', 'rater@example.com');
    const page = await open(t, '/live', context);
    const other = await open(t, '/models', context);
    await page.getByText('Nothing counted yet').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').pressSequentially('Viet');
    await page.getByRole('option', { name: /Tiếng Việt/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Chưa có gì được đếm').waitFor();
    await other.getByText('Chưa có mô hình nào').waitFor();
    assert.equal(await page.evaluate('document.documentElement.lang'), 'vi');
    await page.reload();
    await page.getByText('Chưa có gì được đếm').waitFor();
  });

  test('a browser that prefers Vietnamese gets it unasked', async (t) => {
    const context = await scene.browser.newContext({ locale: 'vi-VN' });
    t.after(() => context.close());
    const page = await visit(scene, context, '/');
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
  });

  test('? lists the keys; keys rest in text fields, in dialogs, with Ctrl, and when switched off', async (t) => {
    const page = await open(t, '/dashboard');
    await page.getByText('Nothing has been asked yet').waitFor();
    await page.keyboard.press('/');
    const field = page.getByRole('combobox');
    await field.waitFor();
    await page.keyboard.type('/?');
    assert.equal(await field.inputValue(), '/?');
    assert.equal(await dialog(page, 'Keyboard shortcuts').count(), 0);
    await page.keyboard.press('Escape');
    await dialog(page, 'Search and commands').waitFor({ state: 'detached' });

    await page.keyboard.press('?');
    await dialog(page, 'Keyboard shortcuts').getByText('Show this list').waitFor();
    await page.keyboard.press('/');
    assert.equal(await dialog(page, 'Search and commands').count(), 0);
    await page.getByRole('switch', { name: 'One-key shortcuts' }).click();
    await page.keyboard.press('Escape');
    await dialog(page, 'Keyboard shortcuts').waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    await page.keyboard.press('?');
    await dialog(page, 'Keyboard shortcuts').waitFor();
    assert.equal(await dialog(page, 'Search and commands').count(), 0);
    await page.getByRole('switch', { name: 'One-key shortcuts' }).click();
  });

  test('keys that an input method reads are its own', async (t) => {
    const page = await open(t, '/dashboard');
    await page.getByText('Nothing has been asked yet').waitFor();
    const press = (init: string) =>
      page.evaluate(`document.body.dispatchEvent(new KeyboardEvent('keydown', ${init}))`);
    await press(`{ key: '?', isComposing: true, bubbles: true }`);
    await press(`{ key: 'Process', keyCode: 229, bubbles: true }`);
    await press(`{ key: '?', ctrlKey: true, bubbles: true }`);
    assert.equal(await page.getByRole('dialog').count(), 0);
    await press(`{ key: '?', bubbles: true }`);
    await dialog(page, 'Keyboard shortcuts').waitFor();
  });

  test('many tabs share one connection, and another takes over when its tab closes', async (t) => {
    const context = await scene.member('curator', 'curator@example.com');
    const streams: string[] = [];
    context.on('request', (request) => {
      if (request.url().endsWith(STREAM)) streams.push(request.url());
    });
    const counter = (page: Page) => page.locator('[data-counter="answers"]');
    const first = await open(t, '/live', context);
    await counter(first).waitFor();
    const others = [await open(t, '/live', context), await open(t, '/live', context)];
    for (const page of others) await counter(page).waitFor();
    assert.equal(streams.length, 1);

    const answers = [{ text: 'Two metres.' }, { text: 'It is two metres.' }];
    await scene.client.addRecordedAnswers({ body: { items: [{ query: 'How long?', answers }] } });
    const ask = () =>
      scene.client.chatCompletions({
        body: { model: 'recorded', messages: [{ role: 'user', content: 'How long?' }] },
      });
    await ask();
    for (const page of [first, ...others]) await counter(page).getByText('1', { exact: true }).waitFor();

    await first.close();
    await ask();
    for (const page of others) await counter(page).getByText('2', { exact: true }).waitFor();
    assert.equal(streams.length, 2);
  });

  test('the navigation narrows to icons that keep their names, also at the next visit', async (t) => {
    const page = await open(t, '/models');
    await page.getByRole('button', { name: 'Narrow the navigation' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Widen the navigation' }).waitFor();
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Live' }).click();
    await page.getByRole('heading', { name: 'Live', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Widen the navigation' }).click();
  });

  test('a phone has a bar at its foot and the rest behind a button', async (t) => {
    const page = await open(t, '/');
    await page.setViewportSize({ width: 390, height: 844 });
    const bar = page.getByRole('navigation', { name: 'Quick pages' });
    await bar.getByRole('link', { name: 'Feedback' }).click();
    await page.getByRole('heading', { name: 'Feedback', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  });

  test('the dashboard fits a phone, also when there is something on it', async (t) => {
    await seedQueue(scene.client, 3);
    const { items } = await scene.client.listFeedback({ query: {} });
    const decided = await scene.admin.request.post(`${scene.server.url}/api/review/decisions`, {
      data: { ids: items.map(({ id }) => id), decision: { action: 'approve' } },
      headers: { origin: scene.server.url },
    });
    assert.equal(decided.status(), 200);
    const page = await visit(scene, scene.admin, '/dashboard');
    t.after(() => page.close());
    await page.setViewportSize({ width: 375, height: 700 });
    await page.getByText('Coverage').first().waitFor();
    await page.getByRole('region', { name: 'Who does the work' }).waitFor();
    const card = await page.locator('dl > div').first().boundingBox();
    assert.ok(card !== null && card.x + card.width <= 375, 'a card ends beside the screen');
  });
});

describe('demo data', { skip }, () => {
  let scene: WebScene;
  before(async () => {
    scene = await openWebScene(chromium ?? '');
  });
  after(async () => {
    await scene?.close();
    assert.deepEqual(scene?.crashes, []);
  });

  test('is named on every page, and an admin removes it', async (t) => {
    await scene.client.markDemo({ body: { state: 'loaded' } });
    const viewer = await visit(scene, await scene.member('viewer', 'viewer@example.com'), '/models');
    await viewer.getByRole('complementary', { name: 'Demo data' }).waitFor();
    assert.equal(await viewer.getByRole('button', { name: 'Remove the demo data' }).count(), 0);

    const page = await visit(scene, scene.admin, '/live');
    t.after(() => page.close());
    const banner = page.getByRole('complementary', { name: 'Demo data' });
    await banner.getByRole('button', { name: 'Remove the demo data' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove the demo data' }).click();
    await page.getByText('Removed 0 answers and 0 ratings of the demo').waitFor();
    await banner.waitFor({ state: 'detached' });
    assert.equal((await scene.client.getDemo()).state, 'none');
  });

  test('begins to load with one click on an empty dashboard, and removed meanwhile leaves nothing', async (t) => {
    const page = await visit(scene, scene.admin, '/dashboard');
    t.after(() => page.close());
    await page.getByRole('button', { name: 'Load the demo' }).click();
    const banner = page.getByRole('complementary', { name: 'Demo data' });
    await banner.getByText('The demo corpus is being loaded').waitFor();
    await banner.getByText('Asking and rating').waitFor();
    assert.equal((await scene.client.getDemo()).state, 'loading');
    await scene.client.removeDemo();
    assert.deepEqual((await scene.client.listFeedback({ query: {} })).items, []);
    await page.reload();
    await page.getByRole('button', { name: 'Load the demo' }).waitFor();
  });
});

describe('settings', { skip }, () => {
  let scene: WebScene;
  before(async () => {
    scene = await openWebScene(chromium ?? '');
  });
  after(async () => {
    await scene?.close();
    assert.deepEqual(scene?.crashes, []);
  });

  test('a member is invited by a link that works, changes role, and is removed', async (t) => {
    const page = await visit(scene, scene.admin, '/settings?tab=members');
    t.after(() => page.close());
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    await page.getByLabel('E-mail address').fill('rita@example.com');
    await page.getByRole('radio', { name: /^curator/ }).check();
    await page.keyboard.press('Enter');
    const link = await page.getByRole('textbox', { name: 'Sign-in link' }).inputValue();
    await page.keyboard.press('Escape');

    const context = await scene.browser.newContext({ locale: 'en-GB' });
    t.after(() => context.close());
    const hers = await context.newPage();
    await hers.goto(link);
    await hers.getByRole('button', { name: /rita@example.com/ }).waitFor();

    const role = page.getByRole('combobox', { name: 'Role of rita@example.com' });
    await role.selectOption('trainer');
    await page.getByText('rita@example.com is trainer now').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('rita@example.com is curator now').waitFor();
    const { items } = await scene.client.listMembers({ query: {} });
    assert.equal(items.find(({ email }) => email === 'rita@example.com')?.role, 'curator');

    const row = page.getByRole('row').filter({ hasText: 'rita@example.com' });
    await row.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('rita@example.com was removed').waitFor();
    await row.waitFor({ state: 'detached' });
    await hers.reload();
    await hers.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('the last admin stays', async (t) => {
    const page = await visit(scene, scene.admin, '/settings?tab=members');
    t.after(() => page.close());
    await page.getByRole('combobox', { name: /^Role of/ }).selectOption('viewer');
    await page.getByText('The last admin of an organisation cannot be removed or demoted.').first().waitFor();
    await page.locator('select', { has: page.locator('option[value=admin]:checked') }).waitFor();
  });

  test('a key is created and revoked by keyboard alone', async (t) => {
    const page = await visit(scene, scene.admin, '/settings?tab=keys');
    t.after(() => page.close());
    /** Tab after Tab until the focus is there. */
    const tabTo = async (target: Locator) => {
      await target.waitFor();
      for (let presses = 0; presses < 60; presses += 1) {
        if ((await target.and(page.locator(':focus')).count()) === 1) return;
        await page.keyboard.press('Tab');
      }
      assert.fail('No number of Tabs leads there.');
    };
    await tabTo(page.getByRole('button', { name: 'Create a key' }));
    await page.keyboard.press('Enter');
    await tabTo(page.getByLabel('Name'));
    await page.keyboard.type('night shift');
    await tabTo(page.getByRole('checkbox', { name: /serve/ }));
    await page.keyboard.press('Space');
    await tabTo(page.getByRole('button', { name: 'Create', exact: true }));
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Your new key' }).waitFor();
    await page.keyboard.press('Escape');

    const row = page.getByRole('row').filter({ hasText: 'night shift' });
    await tabTo(row.getByRole('button', { name: 'Revoke' }));
    await page.keyboard.press('Enter');
    await tabTo(page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }));
    await page.keyboard.press('Enter');
    await page.getByText('“night shift” is revoked').waitFor();
    await row.waitFor({ state: 'detached' });
  });

  test('a key is shown once, works within its rooms, and is revoked', async (t) => {
    const page = await visit(scene, scene.admin, '/settings?tab=keys');
    t.after(() => page.close());
    await page.getByRole('button', { name: 'Create a key' }).click();
    await page.getByLabel('Name').fill('support bot');
    await page.getByRole('checkbox', { name: /serve/ }).check();
    await page.getByRole('radio', { name: '30 days' }).check();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const key = await page.getByRole('textbox', { name: 'Your new key' }).inputValue();
    const status = async (path: string) =>
      (await fetch(`${scene.server.url}${path}`, { headers: { authorization: `Bearer ${key}` } })).status;
    assert.equal(await status('/v1/models'), 200);
    assert.equal(await status('/api/metrics/live'), 403);

    await page.keyboard.press('Escape');
    await page.reload();
    const row = page.getByRole('row').filter({ hasText: 'support bot' });
    await row.getByRole('button', { name: 'Revoke' }).click();
    assert.equal((await page.content()).includes(key), false);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('“support bot” is revoked').waitFor();
    await row.waitFor({ state: 'detached' });
    assert.equal(await status('/v1/models'), 401);
  });

  test('name and share of comparisons are saved', async (t) => {
    const page = await visit(scene, scene.admin, '/settings?tab=organization');
    t.after(() => page.close());
    await page.getByLabel('Name').fill('Clinic');
    await page.getByRole('radio', { name: 'A share of its own' }).check();
    await page.getByLabel('Share in percent').fill('25');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').first().waitFor();
    const { name, compare_share } = await scene.client.getOrganization();
    assert.deepEqual([name, compare_share], ['Clinic', 0.25]);
    await page.reload();
    assert.equal(await page.getByLabel('Share in percent').inputValue(), '25');
  });
});
