import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { Pair } from '@attune/contracts';
import type { Page } from 'playwright-core';
import { findChromium } from './harness/chromium.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

describe('pairs', { skip }, () => {
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
  const write = (query: string, more: Partial<Pair> = {}): Promise<Pair> =>
    scene.client.createPair({
      body: {
        query,
        chosen_response: more.chosen_response ?? 'Drink enough water and rest.',
        rejected_response: more.rejected_response ?? 'No idea at all.',
      },
    });
  const better = (page: Page) => page.getByLabel('Better answer (chosen)');
  const worse = (page: Page) => page.getByLabel('Worse answer (rejected)');
  const saved = (page: Page) => page.getByText('Pair saved').waitFor();

  test('a pair is written by mouse, and checked while one types', async (t) => {
    const page = await open(t, '/pairs');
    await page.getByRole('link', { name: 'Write a pair' }).click();
    const save = page.getByRole('button', { name: /^Save/ });
    assert.ok(await save.isDisabled());
    await page.getByLabel('Question', { exact: true }).fill('What helps against a cold?');
    await better(page).fill('Rest, and ask ann@example.com.');
    await worse(page).fill('Nothing.');
    await page.getByText('Personal data in the better answer: e-mail address.').waitFor();
    await better(page).fill('Nothing.');
    await page.getByText('Both answers say the same: nothing can be learnt from that.').waitFor();
    await better(page).fill('Rest.');
    await page.getByText('Nothing speaks against this pair.').waitFor();
    await page.getByRole('button', { name: 'Swap the answers' }).click();
    assert.equal(await better(page).inputValue(), 'Nothing.');
    await page.getByRole('button', { name: 'Swap the answers' }).click();
    await page.getByRole('switch', { name: 'Show the difference' }).click();
    await page.getByRole('region', { name: 'From the worse answer to the better one' }).waitFor();
    await page.getByRole('button', { name: 'Add a document' }).click();
    await page.getByLabel('Document 1: Text').fill('A cold goes by itself.');
    await page.getByLabel('How much better').fill('0.6');
    await page.getByLabel('Notes').fill('Clear.');
    await save.click();
    await saved(page);
    await page.waitForURL('**/pairs');
    await page.getByText('What helps against a cold?').waitFor();
    const [pair] = (await scene.client.listPairs({ query: { q: 'cold' } })).items;
    assert.deepEqual(
      [pair?.chosen_response, pair?.preference_strength, pair?.annotation_notes, pair?.context_documents],
      ['Rest.', 0.6, 'Clear.', [{ text: 'A cold goes by itself.' }]],
    );
  });

  test('a pair is written and changed by keyboard alone', async (t) => {
    const page = await open(t, '/pairs');
    await page.getByRole('heading', { name: 'Pairs' }).waitFor();
    await page.keyboard.press('n');
    await page.getByLabel('Question', { exact: true }).focus();
    await page.keyboard.type('How long is a night? x');
    // Between the two lies the button that opens what was said before the question.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('About eight hours.');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Long.');
    await page.keyboard.press('Control+Enter');
    await saved(page);
    await page.getByText('How long is a night? x').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/pairs/*-*');
    await worse(page).focus();
    await page.keyboard.type('Very. ');
    await page.keyboard.press('Control+s');
    await page.waitForURL('**/pairs');
    const [pair] = (await scene.client.listPairs({ query: { q: 'night' } })).items;
    assert.match(pair?.rejected_response ?? '', /Very/);
    assert.equal(pair?.version, 2);
  });

  test('unsaved work is not lost unasked', async (t) => {
    const { id } = await write('What is unsaved?');
    const page = await open(t, `/pairs/${id}`);
    await better(page).fill('Something new.');
    await page.getByRole('link', { name: 'All pairs' }).click();
    const ask = page.getByRole('alertdialog', { name: 'Leave without saving?' });
    await ask.waitFor();
    await ask.getByRole('button', { name: 'Stay' }).click();
    await ask.waitFor({ state: 'detached' });
    assert.equal(await better(page).inputValue(), 'Something new.');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await ask.getByRole('button', { name: 'Leave' }).click();
    await page.waitForURL('**/pairs');
    const pair = await scene.client.getPair({ params: { id } });
    assert.equal(pair.version, 1);
  });

  test('who was slower sees both versions, and nothing is overwritten unseen', async (t) => {
    const { id } = await write('Who is faster?');
    const page = await open(t, `/pairs/${id}`);
    await better(page).fill('Mine is better.');
    await scene.client.updatePair({ params: { id }, body: { chosen_response: 'Theirs is better.' } });
    await page.getByRole('button', { name: /^Save/ }).click();
    const conflict = page.getByRole('alert').filter({ hasText: 'Somebody changed this pair' });
    await conflict.waitFor();
    await conflict.locator('del', { hasText: 'Theirs' }).waitFor();
    assert.equal(await better(page).inputValue(), 'Mine is better.');
    await conflict.getByRole('button', { name: 'Save mine over it' }).click();
    await saved(page);
    const pair = await scene.client.getPair({ params: { id } });
    assert.deepEqual([pair.chosen_response, pair.version], ['Mine is better.', 3]);
  });

  test('their version can be taken, an earlier one be used again, and a pair be deleted', async (t) => {
    const { id } = await write('Whose is taken?');
    const page = await open(t, `/pairs/${id}`);
    await better(page).fill('Mine.');
    await scene.client.updatePair({ params: { id }, body: { chosen_response: 'Theirs.' } });
    await page.getByRole('button', { name: /^Save/ }).click();
    await page.getByRole('button', { name: 'Take theirs' }).click();
    assert.equal(await better(page).inputValue(), 'Theirs.');
    await page.reload();
    await page.getByText('1 earlier version').click();
    await page.getByRole('button', { name: 'Use this version' }).click();
    assert.equal(await better(page).inputValue(), 'Drink enough water and rest.');
    await page.getByRole('button', { name: /^Save/ }).click();
    await saved(page);
    await page.goto(`${scene.server.url}/pairs/${id}`);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Pair deleted').waitFor();
    await assert.rejects(scene.client.getPair({ params: { id } }), { code: 'pair_not_found' });
  });

  test('filters stand in the address and hold after a reload', async (t) => {
    await write('A question about lamps');
    const page = await open(t, '/pairs');
    await page.getByRole('searchbox', { name: 'Words in the pair' }).fill('lamps');
    await page.waitForURL('**/pairs?q=lamps');
    await page.getByLabel('How it was made').selectOption('manual');
    await page.waitForURL('**/pairs?q=lamps&method=manual');
    await page.reload();
    await page.getByText('A question about lamps').waitFor();
    assert.equal(await page.locator('[data-row-link]').count(), 1);
    await page.getByLabel('How it was made').selectOption('judged');
    await page.getByText('No pair matches').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText('A question about lamps').waitFor();
  });

  test('feedback makes pairs, after a preview that says what is left out', async (t) => {
    const rows = [
      { line: 1, data: { user_prompt: 'Why is the sky blue?', ai_response: 'Light scatters.', rating: 5 } },
      { line: 2, data: { user_prompt: 'Why is the sky blue?', ai_response: 'Paint.', rating: 1 } },
      { line: 3, data: { user_prompt: 'Why is grass green?', ai_response: 'Chlorophyll.', rating: 5 } },
    ];
    await scene.client.importRatings({ body: { rows } });
    const page = await open(t, '/pairs');
    await page.getByRole('button', { name: 'From feedback' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Pairs from feedback' });
    await dialog.getByRole('button', { name: 'Preview' }).press('Enter');
    await dialog.getByText('makes 1 new pair').waitFor();
    await dialog.getByText('the only answer to its question').waitFor();
    await dialog.getByRole('button', { name: 'Store 1 pair' }).press('Enter');
    await page.getByText('1 pair stored').waitFor();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Why is the sky blue?').waitFor();
  });

  test('people without the role read pairs, and cannot write them', async (t) => {
    const { id } = await write('Who may read this?');
    const viewer = await scene.member('viewer', 'reader@example.com');
    const page = await visit(scene, viewer, `/pairs/${id}`);
    t.after(() => page.close());
    await page.getByRole('heading', { name: 'A pair' }).waitFor();
    assert.equal(await page.getByRole('button', { name: /^Save/ }).count(), 0);
    assert.equal(await better(page).getAttribute('readonly'), '');
  });
});
