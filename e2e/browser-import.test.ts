import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { findChromium } from './harness/chromium.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

describe('importing a file', { skip }, () => {
  let scene: WebScene;
  before(async () => {
    scene = await openWebScene(chromium ?? '');
  });
  after(async () => {
    await scene?.close();
    assert.deepEqual(scene?.crashes, []);
  });

  const open = async (t: TestContext): Promise<Page> => {
    const page = await visit(scene, scene.admin, '/import');
    t.after(() => page.close());
    return page;
  };
  const choose = (page: Page, name: string, text: string | Buffer) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

  test('a table in words of its own is mapped, tried, imported, and not imported twice', async (t) => {
    const page = await open(t);
    await choose(page, 'noten.csv', 'Frage,Antwort,Urteil\nWarum?,Darum.,gut\nWie?,So.,schlecht\nKurz\n');
    const dry = page.getByRole('region', { name: 'Dry run' });
    await dry.getByText('line 4').waitFor();
    await page.getByLabel('Import as').selectOption('ratings');
    await page.getByLabel('Question: From the file', { exact: true }).selectOption('Frage');
    await page.getByLabel('Answer: From the file', { exact: true }).selectOption('Antwort');
    await page.getByLabel('Rating: From the file').selectOption('Urteil');
    await dry.getByText(/0 rows are good/).waitFor();
    await page.getByLabel('Rating: Labels').fill('gut = 5, schlecht = 1');
    await dry.getByText(/2 rows are good/).waitFor();
    await page.getByRole('button', { name: 'Import 2 rows' }).click();
    await page.getByRole('heading', { name: 'Import finished' }).waitFor();
    await page.getByText('2 imported').waitFor();
    const { items } = await scene.client.listFeedback({ query: {} });
    assert.deepEqual(items.map(({ query, rating_overall }) => [query, rating_overall]).toSorted(), [
      ['Warum?', 5],
      ['Wie?', 1],
    ]);
    await page.getByRole('button', { name: 'Another file' }).click();
    const pairs =
      '{"prompt":"Why?","chosen":"Because.","rejected":"No."}\n{"prompt":"How?","chosen":"So."}\n';
    await choose(page, 'pairs.jsonl', pairs);
    await dry.getByText('1 row is good · 1 is not').waitFor();
    await dry.getByText('line 2').waitFor();
    await page.getByRole('button', { name: 'Import 2 rows' }).click();
    await page.getByText('1 imported · 1 not imported').waitFor();
    await page.getByRole('button', { name: 'Another file' }).click();
    await choose(page, 'pairs.jsonl', pairs);
    await page.getByRole('button', { name: 'Import 2 rows' }).click();
    await page.getByText('0 imported · 1 was there already · 1 not imported').waitFor();
    await page.getByRole('link', { name: 'See the pairs' }).click();
    await page.getByText('Why?').waitFor();
  });

  test('an export of Label Studio is recognised, by keyboard alone', async (t) => {
    const tasks = [1, 2, 3].map((id) => ({
      id,
      data: { question: `Case ${id}?`, answer: `Answer ${id}.` },
      annotations: [
        {
          completed_by: { email: 'cura@example.com' },
          was_cancelled: false,
          result: [{ from_name: 'stars', to_name: 'answer', type: 'rating', value: { rating: 4 } }],
        },
      ],
    }));
    const page = await open(t);
    await choose(page, 'tasks.json', JSON.stringify(tasks, null, 2));
    await page.getByText('3 rows are good').waitFor();
    assert.equal(await page.getByLabel('Format').inputValue(), 'label_studio');
    await page.getByRole('button', { name: 'Import 3 rows' }).press('Enter');
    await page.getByRole('heading', { name: 'Import finished' }).waitFor();
    await page.getByText('3 imported').waitFor();
  });

  test('a file without rows is refused in words', async (t) => {
    const page = await open(t);
    await choose(page, 'empty.csv', 'a,b\n');
    await page.getByRole('alert').filter({ hasText: 'This file has no rows.' }).waitFor();
    await choose(page, 'torn.csv', 'question,answer\n"Why?,So.\n');
    await page.getByRole('alert').filter({ hasText: 'line 2 has a quotation mark' }).waitFor();
  });

  test('letters are not lost unseen: another encoding is refused, Excel’s own tables are read', async (t) => {
    const page = await open(t);
    const table = 'Frage;Antwort;rating\nWie lang ist die Brücke?;Zwei Meter.;5\n';
    await choose(page, 'noten.csv', Buffer.from(table, 'latin1'));
    await page.getByRole('alert').filter({ hasText: 'not in UTF-8' }).waitFor();
    await choose(page, 'noten.csv', Buffer.from(`\uFEFF${table}`, 'utf16le'));
    const dry = page.getByRole('region', { name: 'Dry run' });
    await page.getByLabel('Import as').selectOption('ratings');
    await dry.getByText('Choose above where this stands in the file: Question and Answer.').waitFor();
    await page.getByLabel('Question: From the file', { exact: true }).selectOption('Frage');
    await page.getByLabel('Answer: From the file', { exact: true }).selectOption('Antwort');
    await dry.getByText('1 row is good').waitFor();
    await dry.getByText('Wie lang ist die Brücke?').waitFor();
  });
});
