import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { findChromium } from './harness/chromium.ts';
import { keyboardOf } from './harness/keyboard.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

describe('the organisation by keyboard alone', { skip }, () => {
  let scene: WebScene;
  before(async () => {
    scene = await openWebScene(chromium ?? '');
  });
  after(async () => {
    await scene?.close();
    assert.deepEqual(scene?.crashes, []);
  });
  const roleOf = async (address: string) => {
    const { items } = await scene.client.listMembers({ query: {} });
    return items.find(({ email }) => email === address)?.role;
  };

  test('a member is invited, given another role and removed', async (t) => {
    const page = await visit(scene, scene.admin, '/settings');
    t.after(() => page.close());
    const keys = keyboardOf(page);
    await keys.tabTo(page.getByRole('tab', { name: 'You' }));
    const members = page.getByRole('tab', { name: 'Members' });
    while ((await members.getAttribute('aria-selected')) !== 'true') await keys.press('ArrowRight');

    await keys.enter(page.getByRole('button', { name: 'Invite somebody' }));
    const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
    await keys.write(dialog.getByLabel('E-mail address'), 'rita@example.com');
    await keys.write(dialog.getByLabel('Name'), 'Rita');
    await keys.tabTo(dialog.getByRole('radio', { name: /^rater/ }));
    await keys.press('ArrowDown');
    await dialog.getByRole('radio', { name: /^curator/, checked: true }).waitFor();
    await keys.enter(dialog.getByRole('button', { name: 'Create the link' }));
    await dialog.getByRole('textbox', { name: 'Sign-in link' }).waitFor();
    await keys.keepsFocus();
    await keys.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await keys.keepsFocus();

    await keys.choose(page.getByRole('combobox', { name: 'Role of Rita' }), 't');
    await page.getByText('Rita is trainer now').waitFor();
    await keys.keepsFocus();
    assert.equal(await roleOf('rita@example.com'), 'trainer');
    // F6 leads to the corner message, whose Undo is the first thing in it.
    await keys.press('F6');
    await keys.enter(page.getByRole('dialog').getByRole('button', { name: 'Undo' }));
    await page.getByText('Rita is curator now').waitFor();
    assert.equal(await roleOf('rita@example.com'), 'curator');

    const row = page.getByRole('row').filter({ hasText: 'rita@example.com' });
    await keys.enter(row.getByRole('button', { name: 'Remove' }));
    const ask = page.getByRole('alertdialog');
    await keys.enter(ask.getByRole('button', { name: 'Cancel' }));
    await ask.waitFor({ state: 'detached' });
    await keys.tabTo(row.getByRole('button', { name: 'Remove' }));
    await keys.press('Enter');
    await keys.enter(ask.getByRole('button', { name: 'Remove' }));
    await page.getByText('Rita was removed').waitFor();
    await row.waitFor({ state: 'detached' });
    await ask.waitFor({ state: 'detached' });
    await keys.keepsFocus();
    assert.equal(await roleOf('rita@example.com'), undefined);
  });

  test('the demo is removed', async (t) => {
    await scene.client.markDemo({ body: { state: 'loaded' } });
    const page = await visit(scene, scene.admin, '/live');
    t.after(() => page.close());
    const keys = keyboardOf(page);
    const banner = page.getByRole('complementary', { name: 'Demo data' });
    const remove = banner.getByRole('button', { name: 'Remove the demo data' });
    const ask = page.getByRole('alertdialog');
    await keys.enter(remove);
    await ask.waitFor();
    await keys.press('Escape');
    await ask.waitFor({ state: 'detached' });
    await keys.keepsFocus();
    assert.equal((await scene.client.getDemo()).state, 'loaded');
    await keys.enter(remove);
    await keys.enter(ask.getByRole('button', { name: 'Remove the demo data' }));
    await page.getByText('Removed 0 answers and 0 ratings of the demo').waitFor();
    await banner.waitFor({ state: 'detached' });
    await ask.waitFor({ state: 'detached' });
    await keys.keepsFocus();
    assert.equal((await scene.client.getDemo()).state, 'none');
  });
});
