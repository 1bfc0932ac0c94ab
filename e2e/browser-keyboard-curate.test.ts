import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { findChromium } from './harness/chromium.ts';
import { keyboardOf } from './harness/keyboard.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

describe('pairs and data sets by keyboard alone', { skip }, () => {
  let scene: WebScene;
  before(async () => {
    scene = await openWebScene(chromium ?? '');
  });
  after(async () => {
    await scene?.close();
    assert.deepEqual(scene?.crashes, []);
  });
  const open = async (t: TestContext, path: string) => {
    const page = await visit(scene, scene.admin, path);
    t.after(() => page.close());
    return { page, keys: keyboardOf(page) };
  };
  const rate = async (ratings: readonly (readonly [string, string, number])[]) => {
    const rows = ratings.map(([user_prompt, ai_response, rating], index) => ({
      line: index + 1,
      data: { user_prompt, ai_response, rating },
    }));
    await scene.client.importRatings({ body: { rows } });
  };

  test('pairs are made of feedback, after a preview that follows what is asked for', async (t) => {
    await rate([
      ['Why is the sky blue?', 'Light scatters.', 5],
      ['Why is the sky blue?', 'Paint.', 1],
      ['Why is grass green?', 'Chlorophyll.', 5],
    ]);
    const { page, keys } = await open(t, '/pairs');
    const dialog = page.getByRole('dialog', { name: 'Pairs from feedback' });
    const preview = dialog.getByRole('button', { name: 'Preview' });
    await keys.enter(page.getByRole('button', { name: 'From feedback' }));
    await keys.enter(preview);
    await dialog.getByText('makes 1 new pair').waitFor();
    await dialog.getByText('the only answer to its question').waitFor();
    await keys.keepsFocus();

    const days = dialog.getByRole('combobox');
    await keys.tabBackTo(days);
    await keys.press('ArrowDown');
    await preview.waitFor();
    await keys.press('ArrowUp');
    const pending = dialog.getByRole('checkbox', { name: 'pending' });
    await keys.tabBackTo(pending);
    await keys.press('Space');
    await keys.enter(preview);
    await dialog.getByText('It makes no new pair.').waitFor();
    await keys.tabBackTo(pending);
    await keys.press('Space');
    await keys.enter(preview);
    await dialog.getByText('makes 1 new pair').waitFor();
    await keys.enter(dialog.getByRole('button', { name: 'Store 1 pair' }));
    await page.getByText('1 pair stored').waitFor();
    await dialog.waitFor({ state: 'detached' });
    await keys.keepsFocus();
    assert.equal((await scene.client.listPairs({ query: {} })).items.length, 1);
  });

  test('who was slower sees both versions and decides, for mine or for theirs', async (t) => {
    const { id } = await scene.client.createPair({
      body: { query: 'Who is faster?', chosen_response: 'The hare.', rejected_response: 'Nobody.' },
    });
    const { page, keys } = await open(t, `/pairs/${id}`);
    const better = page.getByLabel('Better answer (chosen)');
    const conflict = page.getByRole('alert').filter({ hasText: 'Somebody changed this pair' });
    const collide = async (mine: string, theirs: string) => {
      await keys.write(better, mine);
      await scene.client.updatePair({ params: { id }, body: { chosen_response: theirs } });
      await keys.press('Control+s');
      await conflict.waitFor();
      await conflict.locator('del').first().waitFor();
      await keys.keepsFocus();
      assert.equal(await better.inputValue(), mine);
    };
    await collide('The tortoise.', 'The swallow.');
    await keys.enter(conflict.getByRole('button', { name: 'Take theirs' }));
    await conflict.waitFor({ state: 'detached' });
    await keys.keepsFocus();
    assert.equal(await better.inputValue(), 'The swallow.');

    await collide('The tortoise, at last.', 'The falcon.');
    await keys.enter(conflict.getByRole('button', { name: 'Save mine over it' }));
    await page.getByText('Pair saved').waitFor();
    const pair = await scene.client.getPair({ params: { id } });
    assert.deepEqual([pair.chosen_response, pair.version], ['The tortoise, at last.', 4]);
    await page.waitForURL('**/pairs');
    await keys.keepsFocus();
  });

  test('a table in words of its own is mapped, tried and imported', async (t) => {
    const { page, keys } = await open(t, '/import');
    // The system's own dialog is not the page's; what it gives back is.
    const chooser = page.waitForEvent('filechooser');
    await keys.enter(page.locator('input[type=file]'));
    const table = 'Frage,Antwort,Urteil\nWarum?,Darum.,gut\nWie?,So.,schlecht\n';
    await (await chooser).setFiles({ name: 'noten.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
    const dry = page.getByRole('region', { name: 'Dry run' });
    await dry.waitFor();
    await keys.keepsFocus();

    await keys.tabTo(page.getByLabel('Import as'));
    await keys.press('Home');
    await keys.choose(page.getByLabel('Question: From the file', { exact: true }), 'Frage');
    await keys.choose(page.getByLabel('Answer: From the file', { exact: true }), 'Antwort');
    await keys.choose(page.getByLabel('Rating: From the file'), 'Urteil');
    await dry.getByText(/0 rows are good/).waitFor();
    await keys.write(page.getByLabel('Rating: Labels'), 'gut = 5, schlecht = 1');
    await dry.getByText(/2 rows are good/).waitFor();
    await keys.enter(page.getByRole('button', { name: 'Import 2 rows' }));
    await page.getByRole('heading', { name: 'Import finished' }).waitFor();
    await page.getByText('2 imported').waitFor();
    await keys.keepsFocus();
    const { items } = await scene.client.listFeedback({ query: { source: 'import' } });
    const stars = new Map(items.map(({ query, rating_overall }) => [query, rating_overall]));
    assert.deepEqual([stars.get('Warum?'), stars.get('Wie?')], [5, 1]);
    await keys.enter(page.getByRole('button', { name: 'Another file' }));
    await keys.tabTo(page.locator('input[type=file]'));
  });

  test('a data set goes into the archive, comes back by undo, and is found there', async (t) => {
    await rate(
      Array.from({ length: 24 }, (_, n) => [`What is case ${n >> 1}?`, `Number ${n}.`, n % 2 === 0 ? 5 : 1]),
    );
    const { items } = await scene.client.listFeedback({ query: {} });
    const { id } = await scene.client.createDataset({
      body: { name: 'to archive', feedback_ids: items.map((item) => item.id) },
    });
    const status = async () => (await scene.client.getDataset({ params: { id } })).status;
    const before = await status();
    const { page, keys } = await open(t, `/datasets/${id}`);
    await keys.enter(page.getByRole('button', { name: 'Archive' }));
    await page.getByRole('button', { name: 'Take out of the archive' }).waitFor();
    await keys.keepsFocus();
    assert.equal(await status(), 'archived');
    await keys.press('F6');
    await keys.enter(page.getByRole('dialog').getByRole('button', { name: 'Undo' }));
    await page.getByText('Taken out of the archive').waitFor();
    await page.getByRole('button', { name: 'Archive' }).waitFor();
    assert.equal(await status(), before);
    await keys.keepsFocus();
    await keys.enter(page.getByRole('button', { name: 'Archive' }));
    await page.getByRole('button', { name: 'Take out of the archive' }).waitFor();
    await keys.tabBackTo(page.getByRole('link', { name: 'All data sets' }));
    await keys.press('Enter');
    await page.getByText('No data set').first().waitFor();
    await keys.keepsFocus();
    await keys.choose(page.getByLabel('Status'), 'archived');
    await keys.enter(page.getByRole('link', { name: /to archive/ }));
    await keys.enter(page.getByRole('button', { name: 'Take out of the archive' }));
    await page.getByRole('button', { name: 'Archive', exact: true }).waitFor();
    assert.equal(await status(), before);
    await keys.keepsFocus();
  });
});
