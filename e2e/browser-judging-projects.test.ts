import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createClient } from '@attune/sdk';
import type { BrowserContext, Page } from 'playwright-core';
import { cutOff, findingsInEveryLook, seriousFindings } from './harness/accessibility.ts';
import { findChromium } from './harness/chromium.ts';
import { allKinds, pairRows, runProject } from './harness/judging-project.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

const RITA = 'rita@example.com';
const CORA = 'cora@example.com';

describe('judging projects', { skip }, () => {
  let scene: WebScene;
  let curator: BrowserContext;
  before(async () => {
    scene = await openWebScene(chromium ?? '');
    curator = await scene.member('curator', CORA);
    await scene.member('rater', RITA);
  });
  after(async () => {
    await scene?.close();
    assert.deepEqual(scene?.crashes, []);
  });

  const open = async (t: { after: (fn: () => Promise<void>) => void }, path: string): Promise<Page> => {
    const page = await visit(scene, curator, path);
    t.after(() => page.close());
    return page;
  };
  const lines = pairRows(3).map(({ data }) => JSON.stringify(data));
  const file = (text: string) => ({
    name: 'items.jsonl',
    mimeType: 'application/x-ndjson',
    buffer: Buffer.from(text),
  });

  test('a curator drafts a project, adds items from a file, names judges, previews and runs it', async (t) => {
    const page = await open(t, '/judge?tab=projects');
    await page.getByText('No judging project yet').waitFor();
    await page.getByRole('button', { name: 'New project' }).click();
    await page.getByLabel('Name').fill('Bridges');
    await page.keyboard.press('Enter');
    await page.getByText('Add items to judge.').waitFor();

    await page.getByRole('tab', { name: 'Items' }).click();
    await page.getByRole('button', { name: 'Add items' }).click();
    await page.getByRole('combobox', { name: 'From' }).selectOption('rows');
    await page.getByLabel('File').setInputFiles(file(`${lines.join('\n')}\nnot json\n{"query":""}\n`));
    await page.getByText('Not JSON: line 4').waitFor();
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('3 items would be added').waitFor();
    await page
      .getByText(/^Line 5:/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Add 3 items' }).click();
    await page.getByRole('row').filter({ hasText: 'How long is bridge 3?' }).waitFor();

    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByLabel('Guidelines').fill('Be *fair*.');
    await page.getByRole('button', { name: 'Add a question' }).click();
    await page.getByRole('menuitem', { name: 'Stars' }).click();
    await page.getByLabel('Dimensions, one on each line').fill('Clarity\nTruth');
    await page.getByRole('checkbox', { name: RITA }).check();
    await page.getByLabel('Votes for each item').fill('1');
    await page.getByLabel('Quota for each judge').fill('50');
    await page.getByRole('button', { name: 'Preview as a judge' }).click();
    const preview = page.getByRole('region', { name: 'Preview as a judge' });
    await preview.getByRole('heading', { name: 'How long is bridge 3?' }).waitFor();
    await preview.getByRole('button', { name: 'A is better' }).click();
    await preview.getByRole('columnheader', { name: 'Truth' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').first().waitFor();

    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('It runs: judges see it now').waitFor();
    const [{ id } = { id: '' }] = (await scene.client.listJudgingProjects({ query: {} })).items;
    const project = await scene.client.getJudgingProject({ params: { id } });
    const { status, guidelines, quota, judges_per_item, judges, questions } = project;
    assert.deepEqual([status, guidelines, quota, judges_per_item], ['running', 'Be *fair*.', 50, 1]);
    assert.deepEqual(
      judges.map(({ email }) => email),
      [RITA],
    );
    const [, stars] = questions;
    assert.ok(stars?.kind === 'stars');
    assert.deepEqual(stars.dimensions, [
      { key: 'clarity', title: 'Clarity' },
      { key: 'truth', title: 'Truth' },
    ]);

    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('It is paused').waitFor();
    await page.getByText('its questions stay as they are').waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).first().click();
    await page.getByRole('button', { name: 'Reopen' }).waitFor();
  });

  test('by keyboard alone: a draft is made, looked through, and deleted', async (t) => {
    const page = await open(t, '/judge?tab=projects');
    await page.getByRole('button', { name: 'New project' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Name').focus();
    await page.keyboard.type('Mistake');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Overview' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('No items here').waitFor();
    await page.getByRole('button', { name: 'Delete the draft' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete the draft' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('The draft is deleted').waitFor();
    await page.getByRole('tab', { name: 'Projects', selected: true }).waitFor();
  });

  test('disagreements are decided, agreement is reported with n, votes become pairs', async (t) => {
    const judges = await Promise.all(
      ['one', 'two'].map(async (name) => {
        const { id, key } = await scene.client.createKey({ body: { name: `judge ${name}`, role: 'rater' } });
        return { id, client: createClient({ url: scene.server.url, apiKey: key }) };
      }),
    );
    const settings = { name: 'Split', judges_per_item: 2, guidelines: 'Prefer what is true.' };
    const rows = pairRows(3).map(({ line, data }) => ({
      line,
      data: { ...data, context: 'It crosses the *Elbe*.' },
    }));
    const keys = judges.map(({ id }) => id);
    const project = await runProject(scene, [], settings, rows, { keys });
    for (const [number, { client }] of judges.entries()) {
      const { tasks } = await client.nextToJudge({ query: { project, count: 5 } });
      for (const { id, query, responses } of tasks) {
        const wanted = number === 1 && query.includes('bridge 2') ? 'Bad' : 'Good';
        const choice = responses.find(({ text }) => text.startsWith(wanted))?.key ?? '';
        await client.judge({ params: { id }, body: { answers: { better: { kind: 'pairwise', choice } } } });
      }
    }

    const page = await open(t, `/judge/projects/${project}?tab=agreement`);
    const agreement = page.getByRole('region', { name: 'By question' });
    await agreement.getByText('not enough data').first().waitFor();
    await agreement.getByText('n = 3').first().waitFor();
    await page.getByRole('region', { name: 'Judges', exact: true }).getByText('judge one').waitFor();

    await page.getByRole('tab', { name: 'Disagreements' }).click();
    const card = page.getByRole('listitem').filter({ hasText: 'How long is bridge 2?' });
    await card.getByText('written by model-x').waitFor();
    await card.getByText('judge two').waitFor();
    // Who decides has what the judges had.
    await card.getByText('Context').click();
    await card.getByText('It crosses the Elbe.').waitFor();
    await page.keyboard.press('h');
    await page.getByRole('dialog', { name: 'Guidelines' }).getByText('Prefer what is true.').waitFor();
    await page.keyboard.press('h');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await card.getByRole('button', { name: 'Decide' }).click();
    await card.getByRole('button', { name: 'A is better' }).click();
    await card.getByLabel('Why (for the others)').fill('The other one says nothing.');
    await card.getByRole('button', { name: 'Decide' }).click();
    await page.getByText('No disagreements').waitFor();
    await page.getByRole('combobox', { name: 'Which' }).selectOption('decided');
    await page.getByText('The other one says nothing.').waitFor();
    await page.getByText('decided by').waitFor();
    await page.reload();
    await page.getByText('The other one says nothing.').waitFor();
    await page.getByRole('tab', { name: 'Items' }).click();
    await page.getByRole('combobox', { name: 'State' }).selectOption('adjudicated');
    await page.getByRole('row').filter({ hasText: 'bridge 1' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('row').filter({ hasText: 'bridge 2' }).waitFor();
    assert.equal(await page.getByRole('row').count(), 2);

    await page.getByRole('tab', { name: 'Pairs' }).click();
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('3 pairs would be made').waitFor();
    await page.getByRole('button', { name: 'Make 3 pairs' }).click();
    await page.getByRole('status').filter({ hasText: '3 pairs are made' }).waitFor();
    // A second time nothing is doubled.
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('button', { name: 'Make 3 pairs' }).click();
    await page.getByText('3 · a pair already').waitFor();
    assert.equal((await scene.client.listPairs({ query: {} })).items.length, 3);
  });

  test('every page of judging: no serious or critical finding, nothing cut off at the side', async (t) => {
    const settings = { name: 'Looked at', questions: [...allKinds], guidelines: 'Be *fair*.' };
    const project = await runProject(scene, [CORA], settings, pairRows(3));
    const draft = await scene.client.createJudgingProject({
      body: { name: 'A draft', questions: [...allKinds] },
    });
    const tabs = ['overview', 'items', 'settings', 'agreement', 'disagreements', 'pairs'];
    const paths = [
      '/judge',
      '/judge?tab=projects',
      `/judge/${project}`,
      ...tabs.map((tab) => `/judge/projects/${project}?tab=${tab}`),
      `/judge/projects/${draft.id}?tab=settings`,
    ];
    const found: string[] = [];
    const lookAt = async (page: Page, look: (page: Page) => Promise<string[]>) => {
      for (const path of paths) {
        await page.goto(`${scene.server.url}${path}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.locator('[role=status] .h-16').first().waitFor({ state: 'detached' });
        found.push(...(await look(page)).map((finding) => `${path}, ${finding}`));
      }
    };
    await lookAt(await open(t, '/judge'), findingsInEveryLook);
    const viewport = { width: 390, height: 844 };
    const phone = await scene.browser.newContext({
      viewport,
      storageState: await curator.storageState(),
    });
    t.after(() => phone.close());
    const page = await phone.newPage();
    await page.addInitScript(`localStorage.setItem('attune-language', 'vi')`);
    await lookAt(page, async () => [...(await seriousFindings(page)), ...(await cutOff(page))]);
    assert.deepEqual(found, []);
  });
});
