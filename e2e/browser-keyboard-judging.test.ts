import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { createClient } from '@attune/sdk';
import type { BrowserContext } from 'playwright-core';
import { findChromium } from './harness/chromium.ts';
import { pairRows, runProject } from './harness/judging-project.ts';
import { keyboardOf } from './harness/keyboard.ts';
import { openWebScene, visit, type WebScene } from './harness/web-scene.ts';

const chromium = findChromium();
const skip = chromium === null ? 'no Chromium here; name one in ATTUNE_CHROMIUM' : false;

const RITA = 'rita@example.com';

describe('judging projects by keyboard alone', { skip }, () => {
  let scene: WebScene;
  let curator: BrowserContext;
  before(async () => {
    scene = await openWebScene(chromium ?? '');
    curator = await scene.member('curator', 'cora@example.com');
    await scene.member('rater', RITA);
  });
  after(async () => {
    await scene?.close();
    assert.deepEqual(scene?.crashes, []);
  });
  const open = async (t: TestContext, path: string) => {
    const page = await visit(scene, curator, path);
    t.after(() => page.close());
    return { page, keys: keyboardOf(page) };
  };

  /** A project with three bridges, about the second of which its two judges disagree. */
  const disagreedAbout = async (name: string): Promise<string> => {
    const judges = await Promise.all(
      ['one', 'two'].map(async (number) => {
        const body = { name: `judge ${number} of ${name}`, role: 'rater' } as const;
        const { id, key } = await scene.client.createKey({ body });
        return { id, client: createClient({ url: scene.server.url, apiKey: key }) };
      }),
    );
    const settings = { name, judges_per_item: 2, guidelines: 'Prefer what is true.' };
    const keys = judges.map(({ id }) => id);
    const project = await runProject(scene, [], settings, pairRows(3), { keys });
    for (const [number, { client }] of judges.entries()) {
      const { tasks } = await client.nextToJudge({ query: { project, count: 5 } });
      for (const { id, query, responses } of tasks) {
        const wanted = number === 1 && query.includes('bridge 2') ? 'Bad' : 'Good';
        const choice = responses.find(({ text }) => text.startsWith(wanted))?.key ?? '';
        await client.judge({ params: { id }, body: { answers: { better: { kind: 'pairwise', choice } } } });
      }
    }
    return project;
  };

  test('a project gets items from a file and its settings, is looked through, and run', async (t) => {
    const { page, keys } = await open(t, '/judge?tab=projects');
    await keys.enter(page.getByRole('button', { name: 'New project' }));
    await keys.write(page.getByRole('dialog').getByLabel('Name'), 'Bridges');
    await keys.press('Enter');
    await page.getByText('Add items to judge.').waitFor();
    await keys.keepsFocus();

    await keys.tabTo(page.getByRole('tab', { name: 'Overview' }));
    await keys.press('ArrowRight');
    const dialog = page.getByRole('dialog', { name: 'Add items' });
    await keys.enter(page.getByRole('button', { name: 'Add items' }));
    await keys.tabTo(dialog.getByRole('combobox', { name: 'From' }));
    await keys.press('End');
    // The system's own dialog is not the page's; what it gives back is.
    const chooser = page.waitForEvent('filechooser');
    await keys.enter(dialog.getByLabel('File'));
    const lines = pairRows(3).map(({ data }) => JSON.stringify(data));
    const file = {
      name: 'items.jsonl',
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from(lines.join('\n')),
    };
    await (await chooser).setFiles(file);
    await keys.enter(dialog.getByRole('button', { name: 'Preview' }));
    await dialog.getByText('3 items would be added').waitFor();
    await keys.keepsFocus();
    await keys.enter(dialog.getByRole('button', { name: 'Add 3 items' }));
    const third = page.getByRole('row').filter({ hasText: 'How long is bridge 3?' });
    await third.waitFor();
    await dialog.waitFor({ state: 'detached' });
    await keys.keepsFocus();
    await keys.enter(third.getByRole('button', { name: 'Remove' }));
    await third.waitFor({ state: 'detached' });
    await keys.keepsFocus();

    await keys.tabBackTo(page.getByRole('tab', { name: 'Items' }));
    await keys.press('ArrowRight');
    await keys.write(page.getByLabel('Guidelines'), 'Be *fair*.');
    await keys.enter(page.getByRole('button', { name: 'Add a question' }));
    const stars = page.getByRole('menuitem', { name: 'Stars' });
    await stars.waitFor();
    while ((await stars.and(page.locator(':focus')).count()) === 0) await keys.press('ArrowDown');
    await keys.press('Enter');
    await stars.waitFor({ state: 'detached' });
    await keys.keepsFocus();
    const dimensions = page.getByLabel('Dimensions, one on each line');
    await keys.tabBackTo(dimensions);
    await keys.write(dimensions, 'Clarity\nTruth');
    await keys.toggle(page.getByRole('switch', { name: 'Must be answered' }).last());
    await keys.toggle(page.getByRole('checkbox', { name: RITA }));
    await keys.write(page.getByLabel('Votes for each item'), '1');
    await keys.write(page.getByLabel('Quota for each judge'), '50');
    await keys.enter(page.getByRole('button', { name: 'Preview as a judge' }));
    const preview = page.getByRole('region', { name: 'Preview as a judge' });
    await keys.enter(preview.getByRole('button', { name: 'A is better' }));
    await preview.getByRole('columnheader', { name: 'Truth' }).waitFor();
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await keys.tabBackTo(save);
    await keys.press('Enter');
    await page.getByText('Saved').first().waitFor();
    await keys.keepsFocus();

    await keys.tabBackTo(page.getByRole('button', { name: 'Run', exact: true }));
    await keys.press('Enter');
    await page.getByText('It runs: judges see it now').waitFor();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await keys.keepsFocus();
    const [{ id } = { id: '' }] = (await scene.client.listJudgingProjects({ query: {} })).items;
    const project = await scene.client.getJudgingProject({ params: { id } });
    const { status, guidelines, quota, judges_per_item, judges, questions } = project;
    assert.deepEqual([status, guidelines, quota, judges_per_item], ['running', 'Be *fair*.', 50, 1]);
    assert.deepEqual(
      judges.map(({ email }) => email),
      [RITA],
    );
    const [, asked] = questions;
    assert.ok(asked?.kind === 'stars' && !asked.required);
    assert.deepEqual(
      asked.dimensions.map(({ title }) => title),
      ['Clarity', 'Truth'],
    );
    const { items } = await scene.client.listJudgingItems({ params: { id }, query: {} });
    assert.equal(items.length, 2);
  });

  test('a disagreement is read with its guidelines and decided', async (t) => {
    const project = await disagreedAbout('Split');
    const { page, keys } = await open(t, `/judge/projects/${project}?tab=disagreements`);
    const card = page.getByRole('listitem').filter({ hasText: 'How long is bridge 2?' });
    await card.waitFor();
    await keys.press('h');
    const guide = page.getByRole('dialog', { name: 'Guidelines' });
    await guide.getByText('Prefer what is true.').waitFor();
    await keys.press('Escape');
    await guide.waitFor({ state: 'detached' });

    await keys.enter(card.getByRole('button', { name: 'Decide' }));
    await card.getByRole('button', { name: 'Cancel' }).waitFor();
    await keys.keepsFocus();
    await keys.enter(card.getByRole('button', { name: 'Cancel' }));
    await card.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached' });
    await keys.keepsFocus();
    await keys.enter(card.getByRole('button', { name: 'Decide' }));
    await keys.enter(card.getByRole('button', { name: 'A is better' }));
    await keys.write(card.getByLabel('Why (for the others)'), 'The other one says nothing.');
    await keys.enter(card.getByRole('button', { name: 'Decide' }));
    await page.getByText('No disagreements').waitFor();
    await keys.keepsFocus();
    const which = page.getByRole('combobox', { name: 'Which' });
    await keys.tabBackTo(which);
    await keys.press('ArrowDown');
    await page.getByText('The other one says nothing.').waitFor();
    const { items } = await scene.client.listDisagreements({
      params: { id: project },
      query: { adjudicated: 'true' },
    });
    assert.deepEqual(
      items.map(({ adjudication }) => adjudication?.note),
      ['The other one says nothing.'],
    );
  });

  test('pairs are made of the votes, after a preview with what is left out', async (t) => {
    const project = await disagreedAbout('To pairs');
    const { page, keys } = await open(t, `/judge/projects/${project}?tab=pairs`);
    const preview = page.getByRole('button', { name: 'Preview' });
    const weighed = page.getByRole('combobox', { name: 'Votes are weighed' });
    await keys.choose(weighed, 'by');
    await keys.write(page.getByLabel('Least strength, 0 to 1'), '0.5');
    await keys.enter(preview);
    await page.getByText('0 pairs would be made').waitFor();
    await page.getByText('2 · weaker than asked').waitFor();
    await keys.keepsFocus();
    await keys.tabBackTo(weighed);
    await keys.type('each');
    await keys.enter(preview);
    await page.getByText('2 pairs would be made').waitFor();
    await page.getByText('1 · the judges disagree').waitFor();
    await keys.keepsFocus();
    await keys.enter(page.getByRole('button', { name: 'Make 2 pairs' }));
    await page.getByRole('status').filter({ hasText: '2 pairs are made' }).waitFor();
    await keys.keepsFocus();
    assert.equal((await scene.client.listPairs({ query: {} })).items.length, 2);
  });
});
